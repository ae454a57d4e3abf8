import { useMemo } from 'react';
import { Link, useLocation } from 'wouter';
import { formatCount } from '../components/format-number.ts';
import { useActions, useAlarms, useConsoleState, useIncidents, useSituation } from '../state/hooks.ts';
import styles from './rail.module.css';
import { type AvailableScreen, screens } from './screens.ts';

const groups = ['now', 'look-back', 'set-up'] as const;

/** What each entry counts: happenings, standing alarms, open incidents. */
function useCounts(): Readonly<Record<string, number>> {
  const alarms = useAlarms();
  const { happenings } = useSituation();
  const incidents = useIncidents();
  const leftOut = useConsoleState((state) => state.alarmsLeftOut);
  const standing = useMemo(() => alarms.items.reduce((sum, alarm) => sum + (alarm.is_cleared ? 0 : 1), 0), [alarms]);
  const open = useMemo(
    () => incidents.items.filter(({ state }) => state !== 'resolved' && state !== 'closed').length,
    [incidents],
  );
  const waiting = useActions().items.filter(({ state }) => state === 'proposed').length;
  return { '/actions': waiting, '/situation': happenings.length, '/alarms': standing + leftOut, '/incidents': open };
}

function RailEntry({ screen, count }: { readonly screen: AvailableScreen; readonly count: number | undefined }) {
  const [location] = useLocation();
  const isHere =
    location === screen.path ||
    location.startsWith(`${screen.path}/`) ||
    (screen.path === '/situation' && location.startsWith('/clusters/'));
  return (
    <Link className={styles.entry} href={screen.path} aria-current={isHere ? 'page' : undefined}>
      <span>{screen.rail?.label}</span>
      {count !== undefined && count > 0 && <span className={styles.count}>{formatCount(count)}</span>}
    </Link>
  );
}

/** Where one can go. */
export function Rail() {
  const counts = useCounts();
  return (
    <nav className={styles.rail} aria-label="Screens">
      {groups.map((group) => (
        <div key={group} className={styles.group}>
          {screens
            .filter((screen) => screen.rail?.group === group)
            .map((screen) => (
              <RailEntry key={screen.path} screen={screen} count={counts[screen.path]} />
            ))}
        </div>
      ))}
    </nav>
  );
}
