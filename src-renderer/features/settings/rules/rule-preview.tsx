import { ErrorState } from '#renderer/components/error-state.tsx';
import { formatCount, plural } from '#renderer/components/format-number.ts';
import { useRemote } from '#renderer/state/use-remote.ts';
import type { RulesPreview } from '#shared/api/grouping.ts';
import type { GroupingRule } from '#shared/vocabulary/grouping-rule.ts';
import styles from './rules.module.css';

interface RulePreviewProps {
  readonly rule: GroupingRule;
  /** The rule that it would replace; null adds it. */
  readonly ruleId: string | null;
}

/** What the rule would have made of the last 24 hours. */
export function RulePreview({ rule, ruleId }: RulePreviewProps) {
  const preview = useRemote(JSON.stringify([rule, ruleId]), '', (client, signal) =>
    client.grouping.rules.preview({ rule, ...(ruleId === null ? {} : { rule_id: ruleId }) }, { signal }),
  );
  if (preview.phase === 'loading') return <p role="status">Replaying the last 24 hours …</p>;
  if (preview.phase === 'failed')
    return <ErrorState title="The preview failed" error={preview.error} onRetry={preview.reload} />;
  const { data } = preview;
  return (
    <div className={styles.preview} role="status">
      <p className={styles.figures}>
        {plural(data.alarms, 'alarm', 'alarms')} replayed in {(data.took_milliseconds / 1_000).toFixed(1)} s
        {data.is_cut && ' (the latest ones; there were more)'}: {formatCount(data.before.clusters)} clusters before,{' '}
        <b>{formatCount(data.after.clusters)}</b> after; the largest {formatCount(data.before.largest)} before,{' '}
        <b>{formatCount(data.after.largest)}</b> after.
      </p>
      {data.changes.length === 0 ? (
        <p>It would have changed nothing.</p>
      ) : (
        <>
          <p>
            {plural(data.alarms_affected, 'alarm stands', 'alarms stand')} in clusters that change
            {data.changes.length === 50 ? '; the 50 largest changes:' : ':'}
          </p>
          <ul className={styles.changes}>
            {data.changes.map((change) => (
              <li key={change.before.map(({ cluster_id }) => cluster_id).join(' ')}>
                <Side clusters={change.before} />
                <span>→</span>
                <Side clusters={change.after} />
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}

function Side({ clusters }: { readonly clusters: RulesPreview['changes'][number]['before'] }) {
  const shown = clusters.slice(0, 4);
  return (
    <span>
      {shown
        .map(({ root_cause_entity_id, alarm_count }) => `${root_cause_entity_id} (${formatCount(alarm_count)})`)
        .join(', ')}
      {clusters.length > shown.length && ` and ${formatCount(clusters.length - shown.length)} more`}
    </span>
  );
}
