import { useCallback } from 'react';
import { Link } from 'wouter';
import { formatCount } from '#renderer/components/format-number.ts';
import { formatDuration, formatShortTime } from '#renderer/components/format-time.ts';
import { useNow } from '#renderer/state/clock.ts';
import { useCluster } from '#renderer/state/hooks.ts';
import type { Alarm } from '#shared/api/alarms.ts';
import styles from './alarm-grid.module.css';
import { cutForCell } from './cell-text.ts';
import type { ColumnSpec } from './columns.ts';

interface AlarmCellProps {
  readonly alarm: Alarm;
  readonly column: ColumnSpec;
  /** An operation on it is not answered yet. */
  readonly isWaiting: boolean;
}

/** What one column says of an alarm. A cell is a block of its own, so its text's direction reaches no other. */
export function AlarmCell({ alarm, column, isWaiting }: AlarmCellProps) {
  switch (column.key) {
    case 'entity':
      return <TextCell text={alarm.entity_id} isStrong />;
    case 'type':
      return <TextCell text={alarm.alarm_type} />;
    case 'problem':
      return <TextCell text={alarm.specific_problem} />;
    case 'text':
      return <TextCell text={alarm.text} />;
    case 'source':
      return <TextCell text={alarm.source_system} />;
    case 'state':
      return <TextCell text={stateWords(alarm)} />;
    case 'ack':
      return <AckCell alarm={alarm} isWaiting={isWaiting} />;
    case 'repeats':
      return <td className={styles.number}>{alarm.repeat_count > 0 ? `×${formatCount(alarm.repeat_count)}` : ''}</td>;
    case 'raised':
      return <AgeCell at={alarm.raised_at} />;
    case 'last':
      return <AgeCell at={alarm.last_raised_at} />;
    case 'cluster':
      return <ClusterCell clusterId={alarm.cluster_id} />;
  }
}

function TextCell({ text, isStrong = false }: { readonly text: string; readonly isStrong?: boolean }) {
  return <td className={isStrong ? styles.strong : styles.cell}>{cutForCell(text)}</td>;
}

/** Ticks; the exact time comes on hover. */
function AgeCell({ at }: { readonly at: string }) {
  const time = Date.parse(at);
  const text = useNow(useCallback((now: number) => formatDuration(now - time), [time]));
  return (
    <td className={styles.number} data-at={at}>
      {text}
    </td>
  );
}

function stateWords(alarm: Alarm): string {
  if (alarm.suppressed_by !== null) return 'maintenance';
  if (alarm.flapping_since !== null) return `flapping ×${alarm.flap_count}`;
  const shelvedUntil = alarm.shelved_until === null ? 0 : Date.parse(alarm.shelved_until);
  return shelvedUntil > Date.now() ? `until ${formatShortTime(shelvedUntil)}` : alarm.state;
}

function AckCell({ alarm, isWaiting }: { readonly alarm: Alarm; readonly isWaiting: boolean }) {
  const isAcked = alarm.ack_state === 'acked';
  const words = isAcked ? `✓ ${cutForCell(alarm.acked_by ?? '')}` : 'unacked';
  const needsSomebody = !isAcked && !alarm.is_cleared;
  return (
    <td className={needsSomebody ? styles.needs : styles.cell} data-waiting={isWaiting || undefined}>
      {words}
    </td>
  );
}

/** The happening by its title; the end of its id while it is not known, since ids begin with the time. */
function ClusterCell({ clusterId }: { readonly clusterId: string | null }) {
  const cluster = useCluster(clusterId);
  if (clusterId === null) return <td className={styles.cell} />;
  const name = cluster?.title ?? `… ${clusterId.slice(-6)}`;
  return (
    <td className={styles.cell}>
      <Link className={styles.link} href={`/clusters/${encodeURIComponent(clusterId)}`} tabIndex={-1}>
        {cutForCell(name)}
      </Link>
    </td>
  );
}
