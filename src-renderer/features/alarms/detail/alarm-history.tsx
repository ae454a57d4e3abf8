import { ErrorState } from '#renderer/components/error-state.tsx';
import { formatDayAndTime, formatExact } from '#renderer/components/format-time.ts';
import { LoadingState } from '#renderer/components/loading-state.tsx';
import type { Remote } from '#renderer/state/use-remote.ts';
import type { AlarmHistoryEntry } from '#shared/api/alarms.ts';
import styles from './alarm-detail.module.css';
import { historySentence } from './history-words.ts';

interface AlarmHistoryProps {
  readonly remote: Remote<{ readonly history: readonly AlarmHistoryEntry[] }> & { readonly reload: () => void };
}

/** What sources reported and people did, the latest first. */
export function AlarmHistory({ remote }: AlarmHistoryProps) {
  if (remote.phase === 'loading') return <LoadingState what="the history" />;
  if (remote.phase === 'failed') {
    return <ErrorState title="The history could not be loaded" error={remote.error} onRetry={remote.reload} />;
  }
  const entries = remote.data.history.toSorted(
    (left, right) => Date.parse(right.recorded_at) - Date.parse(left.recorded_at),
  );
  return (
    <ol className={styles.history}>
      {entries.map((entry) => (
        <li key={entry.event_id}>
          <time
            dateTime={entry.occurred_at}
            title={`${formatExact(Date.parse(entry.occurred_at))}, recorded ${formatExact(Date.parse(entry.recorded_at))}`}
          >
            {formatDayAndTime(Date.parse(entry.occurred_at))}
          </time>
          <span className={styles.what}>
            {historySentence(entry)}
            {entry.operator !== null && (
              <>
                {' by '}
                <bdi>{entry.operator}</bdi>
              </>
            )}
            {entry.text !== '' && <bdi className={styles.said}>{entry.text}</bdi>}
          </span>
        </li>
      ))}
    </ol>
  );
}
