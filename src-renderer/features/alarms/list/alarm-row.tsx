import { memo } from 'react';
import { SeverityMark } from '#renderer/components/severity-mark.tsx';
import type { Alarm } from '#shared/api/alarms.ts';
import { AlarmCell } from './alarm-cell.tsx';
import styles from './alarm-grid.module.css';
import type { ColumnSpec } from './columns.ts';

interface AlarmRowProps {
  readonly alarm: Alarm;
  readonly domId: string;
  /** Place in the list, from 0. */
  readonly index: number;
  /** Distance from the first row, in pixels. */
  readonly offset: number;
  readonly columns: readonly ColumnSpec[];
  readonly template: string;
  readonly isCursor: boolean;
  readonly isPicked: boolean;
  readonly isWaiting: boolean;
  /** It stands only because rows keep their places; the query does not list it any more. */
  readonly isStale: boolean;
}

/** One alarm in 28 pixels. Clicks are handled by the grid. */
export const AlarmRow = memo(function AlarmRow(props: AlarmRowProps) {
  const { alarm, index, columns, isCursor, isPicked, isWaiting, isStale } = props;
  const isQuiet = alarm.is_cleared || alarm.ack_state === 'acked';
  return (
    <tr
      id={props.domId}
      className={styles.row}
      style={{ transform: `translateY(${props.offset}px)`, gridTemplateColumns: props.template }}
      aria-rowindex={index + 2}
      aria-selected={isPicked}
      data-alarm={alarm.alarm_id}
      data-cursor={isCursor || undefined}
      data-picked={isPicked || undefined}
      data-quiet={isQuiet || undefined}
      data-stale={isStale || undefined}
    >
      <td className={styles.tick}>
        <input type="checkbox" checked={isPicked} readOnly tabIndex={-1} aria-label="Select this alarm" data-tick />
      </td>
      <td className={styles.mark}>
        <SeverityMark severity={alarm.severity} isCleared={alarm.is_cleared} />
      </td>
      {columns.map((column) => (
        <AlarmCell key={column.key} alarm={alarm} column={column} isWaiting={isWaiting} />
      ))}
    </tr>
  );
});
