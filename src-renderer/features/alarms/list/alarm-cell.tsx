import { Link } from 'wouter';
import { Age } from '#renderer/components/age.tsx';
import { formatCount } from '#renderer/components/format-number.ts';
import { formatShortTime } from '#renderer/components/format-time.ts';
import type { Alarm } from '#shared/api/alarms.ts';
import styles from './alarm-grid.module.css';
import { ClippedText } from './clipped-text.tsx';
import type { ColumnKey } from './columns.ts';

interface AlarmCellProps {
  readonly alarm: Alarm;
  readonly column: ColumnKey;
  /** An operation on it is not answered yet. */
  readonly isWaiting: boolean;
}

/** What one column says of an alarm. */
export function AlarmCell({ alarm, column, isWaiting }: AlarmCellProps) {
  switch (column) {
    case 'entity':
      return <ClippedText text={alarm.entity_id} />;
    case 'type':
      return <ClippedText text={alarm.alarm_type} />;
    case 'problem':
      return <ClippedText text={alarm.specific_problem} />;
    case 'text':
      return <ClippedText text={alarm.text} />;
    case 'source':
      return <ClippedText text={alarm.source_system} />;
    case 'state':
      return <StateWord alarm={alarm} />;
    case 'ack':
      return <AckWord alarm={alarm} isWaiting={isWaiting} />;
    case 'repeats':
      return alarm.repeat_count > 0 ? <>×{formatCount(alarm.repeat_count)}</> : null;
    case 'raised':
      return <Age at={alarm.raised_at} />;
    case 'last':
      return <Age at={alarm.last_raised_at} />;
    case 'cluster':
      return <ClusterLink clusterId={alarm.cluster_id} />;
  }
}

function StateWord({ alarm }: { readonly alarm: Alarm }) {
  if (alarm.shelved_until !== null && Date.parse(alarm.shelved_until) > Date.now()) {
    return <span title="Shelved until then">until {formatShortTime(Date.parse(alarm.shelved_until))}</span>;
  }
  return <>{alarm.state}</>;
}

function AckWord({ alarm, isWaiting }: { readonly alarm: Alarm; readonly isWaiting: boolean }) {
  const isAcked = alarm.ack_state === 'acked';
  const words = isAcked ? <ClippedText text={`✓ ${alarm.acked_by ?? ''}`} /> : <>unacked</>;
  if (isWaiting) {
    return <span className={styles.waiting}>{isAcked ? words : '…'}</span>;
  }
  return isAcked || alarm.is_cleared ? words : <span className={styles.needs}>{words}</span>;
}

/** The end of an id says more than its beginning: ids begin with the time. */
function ClusterLink({ clusterId }: { readonly clusterId: string | null }) {
  if (clusterId === null) {
    return null;
  }
  return (
    <Link className={styles.link} href={`/clusters/${encodeURIComponent(clusterId)}`} tabIndex={-1} title={clusterId}>
      {clusterId.slice(-6)}
    </Link>
  );
}
