import { Link } from 'wouter';
import { Age } from '#renderer/components/age.tsx';
import { EmptyState } from '#renderer/components/empty-state.tsx';
import { ErrorState } from '#renderer/components/error-state.tsx';
import { formatCount } from '#renderer/components/format-number.ts';
import { formatShortTime } from '#renderer/components/format-time.ts';
import { linkTo } from '#renderer/components/links.ts';
import { LoadingState } from '#renderer/components/loading-state.tsx';
import { SeverityMark } from '#renderer/components/severity-mark.tsx';
import { useConsoleState } from '#renderer/state/hooks.ts';
import { useRemote } from '#renderer/state/use-remote.ts';
import type { NoiseKind, NoisyAlarm } from '#shared/api/noise.ts';
import styles from './noise-page.module.css';
import { noiseWords } from './noise-words.ts';

interface NoiseListProps {
  readonly kind: NoiseKind;
  /** Asks again when it changes. */
  readonly round: number;
}

function stateOf(alarm: NoisyAlarm): string {
  if (alarm.source_cleared_at !== null)
    return `the source cleared it ${formatShortTime(Date.parse(alarm.source_cleared_at))}`;
  if (alarm.is_cleared) return 'cleared';
  if (alarm.shelved_until !== null) return `shelved until ${formatShortTime(Date.parse(alarm.shelved_until))}`;
  return alarm.ack_state === 'acked' ? `acknowledged by ${alarm.acked_by ?? 'somebody'}` : 'standing';
}

/** Alarms of one kind of noise, those that last longest first. */
export function NoiseList({ kind, round }: NoiseListProps) {
  const tenantId = useConsoleState((state) => state.tenantId);
  const list = useRemote(tenantId === null ? null : `${tenantId} ${kind}`, round, (client, signal) =>
    client.noise.list({ kind }, { signal }),
  );
  const words = noiseWords[kind];
  if (list.phase === 'loading') return <LoadingState what="the list" />;
  if (list.phase === 'failed')
    return <ErrorState title="The list could not be loaded" error={list.error} onRetry={list.reload} />;
  const { items } = list.data;
  return (
    <section className={styles.listing} aria-label={words.name}>
      <p className={styles.meaning}>{words.meaning}</p>
      {items.length === 0 ? (
        <EmptyState title={words.none}>All alarms stand in the list of alarms.</EmptyState>
      ) : (
        <div className={styles.scroller}>
          <table className={styles.table}>
            <thead>
              <tr>
                <th>
                  <span className="visually-hidden">Severity</span>
                </th>
                <th>Entity</th>
                <th>Alarm</th>
                <th>{words.since}</th>
                {words.count !== null && <th className={styles.number}>{words.count}</th>}
                <th>State</th>
                <th>Source</th>
                <th>Text</th>
              </tr>
            </thead>
            <tbody>
              {items.map((alarm) => (
                <tr key={alarm.alarm_id}>
                  <td>
                    <SeverityMark severity={alarm.severity} isCleared={alarm.is_cleared} />
                  </td>
                  <td className={styles.strong}>
                    <Link href={linkTo.alarm(alarm.alarm_id)}>{alarm.entity_id}</Link>
                  </td>
                  <td>
                    {alarm.alarm_type} {alarm.specific_problem}
                  </td>
                  <td>
                    <Age at={alarm.since} /> ago
                  </td>
                  {words.count !== null && <td className={styles.number}>{formatCount(alarm.count)}</td>}
                  <td>{stateOf(alarm)}</td>
                  <td>{alarm.source_system}</td>
                  <td className={styles.text}>{alarm.text}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}
