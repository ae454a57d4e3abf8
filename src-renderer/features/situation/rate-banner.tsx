import { useCallback } from 'react';
import { formatCount } from '../../components/format-number.ts';
import { formatShortTime } from '../../components/format-time.ts';
import { useNow } from '../../state/clock.ts';
import { useConsoleState, usePulse } from '../../state/hooks.ts';
import { useRemote } from '../../state/use-remote.ts';
import styles from './rate-banner.module.css';
import { RateChart } from './rate-chart.tsx';

/** How many hours the chart looks back. */
const hours = 3;
const minute = 60_000;

/** The alarm rate of the last hours; becomes the flood banner when there are more alarms than a person can handle. */
export function RateBanner() {
  const pulse = usePulse();
  const tenantId = useConsoleState((state) => state.tenantId);
  const minutes = useNow(useCallback((now: number) => Math.floor(now / minute), []));
  const rate = useRemote(tenantId, minutes, (client, signal) => client.console.rate({ hours }, { signal }));
  const points = rate.phase === 'ready' ? rate.data.points : [];
  const isFlood = pulse?.flood === true;
  const since = pulse?.flood_since ?? null;
  const raised = pulse?.raised_last_ten_minutes ?? 0;

  return (
    <section className={styles.banner} data-flood={isFlood || undefined} aria-label="Alarm rate">
      <div>
        <h2 className={styles.title}>{isFlood ? 'Alarm flood' : 'Alarm rate'}</h2>
        <p className={styles.figure}>
          {formatCount(raised)} in 10 min
          {isFlood && since !== null && `, since ${formatShortTime(Date.parse(since))}`}
        </p>
      </div>
      {rate.phase === 'failed' ? (
        <p className={styles.figure}>The rate could not be read: {rate.error.detail}</p>
      ) : (
        <RateChart points={points} />
      )}
    </section>
  );
}
