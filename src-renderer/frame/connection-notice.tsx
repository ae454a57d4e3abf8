import { Button } from '@mantine/core';
import { useCallback, useEffect } from 'react';
import { formatClock } from '../components/format-time.ts';
import { useNow } from '../state/clock.ts';
import { useConnection, useConsole, useConsoleState } from '../state/hooks.ts';
import { useAnnounce } from './announcer.tsx';
import styles from './top-bar.module.css';

/** Whole seconds until `retryAt`, ticking. */
export function Countdown({ retryAt }: { readonly retryAt: number }) {
  const seconds = useNow(useCallback((now: number) => Math.max(0, Math.ceil((retryAt - now) / 1000)), [retryAt]));
  return <>{seconds > 0 ? `reconnecting in ${seconds} s` : 'reconnecting …'}</>;
}

/** Says in the frame that the engine is gone, when it is tried again and how old the screen is. */
export function ConnectionNotice() {
  const connection = useConnection();
  const { retryNow } = useConsole();
  const announce = useAnnounce();
  const { phase } = connection;
  useEffect(() => {
    if (phase === 'lost') announce('Engine gone. Reconnecting.');
    if (phase === 'live') announce('Engine is back.');
  }, [phase, announce]);

  const isWaitingForTenant = useConsoleState((state) => state.session.phase === 'ready' && state.tenantId === null);
  if (phase === 'live' || phase === 'refused' || phase === 'stopped') return null;
  if (isWaitingForTenant && phase === 'connecting') return null;
  const heard = connection.lastHeardAt;
  const from = heard === null ? null : <span>What is shown is from {formatClock(heard)}</span>;
  if (phase !== 'lost') {
    return (
      <div className={styles.notice}>
        <span>{phase === 'connecting' ? 'Connecting to the engine …' : 'Catching up …'}</span>
        {from}
      </div>
    );
  }
  return (
    <div className={styles.notice} title={`${connection.error.title}: ${connection.error.detail}`}>
      <b>
        Engine gone — <Countdown retryAt={connection.retryAt} />
      </b>
      {from}
      <Button onClick={retryNow}>Try now</Button>
    </div>
  );
}
