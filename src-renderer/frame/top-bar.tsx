import { spotlight } from '@mantine/spotlight';
import { Link, useLocation } from 'wouter';
import { Key } from '../components/key.tsx';
import { useConnection, useConsoleState } from '../state/hooks.ts';
import { ConnectionNotice } from './connection-notice.tsx';
import { GateChip } from './gate-chip.tsx';
import { HealthChips } from './health-chips.tsx';
import { SearchBox } from './search-box.tsx';
import { TenantSwitch } from './tenant-switch.tsx';
import styles from './top-bar.module.css';

/** Whose network this is, how the engine is, and the way to search and command. */
export function TopBar() {
  const connection = useConnection();
  const hasSession = useConsoleState((state) => state.session.phase === 'ready');
  const [location] = useLocation();
  const hasOwnSearch = location === '/alarms';
  const isLive = connection.phase === 'live';
  return (
    <header className={styles.bar} data-lost={(hasSession && connection.phase === 'lost') || undefined}>
      <Link className={styles.logo} href="/situation" aria-label="Pedkai, to the situation">
        <svg className={styles.mark} viewBox="0 0 20 20" aria-hidden="true">
          <path d="M2 14h4.4L10 5.6 13.6 14H18" />
          <circle cx="10" cy="5.4" r="2.2" />
        </svg>
        Pedkai
      </Link>
      <TenantSwitch />
      {hasSession && !hasOwnSearch && connection.phase !== 'refused' && <SearchBox />}
      <span className={styles.space} />
      {isLive && <GateChip />}
      {isLive && <HealthChips />}
      {hasSession && <ConnectionNotice />}
      <button type="button" className={styles.palette} onClick={() => spotlight.open()}>
        <span className="visually-hidden">Command palette</span>
        <Key keys="mod+k" />
      </button>
    </header>
  );
}
