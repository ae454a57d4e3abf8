import { TextInput } from '@mantine/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, useDeferredValue, useMemo, useRef, useState } from 'react';
import type { ClusterMember } from '#shared/api/clusters.ts';
import { formatCount, plural } from '../../components/format-number.ts';
import { MemberRow } from './member-row.tsx';
import styles from './member-table.module.css';
import { matchMembers } from './members.ts';

interface MemberTableProps {
  readonly members: readonly ClusterMember[];
  /** The alarm that is held to be the cause. */
  readonly causeAlarmId: string | null;
  readonly picked: ReadonlySet<string>;
  /** Null where members cannot be corrected. */
  readonly onPick: ((alarmIds: readonly string[], isPicked: boolean) => void) | null;
  /** What can be done with the chosen ones. */
  readonly bar: ReactNode;
}

const rowHeight = 28;

/** Every member of a cluster with the reason why it is here. */
export function MemberTable({ members, causeAlarmId, picked, onPick, bar }: MemberTableProps) {
  const [filter, setFilter] = useState('');
  const wanted = useDeferredValue(filter);
  const shown = useMemo(() => matchMembers(members, wanted), [members, wanted]);
  const labels = useMemo(() => new Map(members.map(({ alarm }) => [alarm.alarm_id, alarm.entity_id])), [members]);
  const scroller = useRef<HTMLDivElement>(null);
  const virtualizer = useVirtualizer({
    count: shown.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
  });
  const rows = virtualizer.getVirtualItems();
  const before = rows[0]?.start ?? 0;
  const after = virtualizer.getTotalSize() - (rows.at(-1)?.end ?? 0);

  return (
    <div className={styles.members}>
      <div className={styles.bar}>
        <h2>
          {shown.length === members.length
            ? plural(members.length, 'member', 'members')
            : `${formatCount(shown.length)} of ${plural(members.length, 'member', 'members')}`}
        </h2>
        <TextInput
          value={filter}
          onChange={(event) => setFilter(event.currentTarget.value)}
          placeholder="Narrow by entity, type or reason"
          aria-label="Narrow the members"
          className={styles.filter}
        />
      </div>
      {bar}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard. */}
      <section ref={scroller} className={styles.scroller} tabIndex={0} aria-label="Table of members">
        <table className={styles.table} aria-rowcount={shown.length + 1}>
          <thead>
            <tr>
              {onPick !== null && (
                <th className={styles.pick}>
                  <input
                    type="checkbox"
                    checked={shown.length > 0 && shown.every(({ alarm }) => picked.has(alarm.alarm_id))}
                    onChange={(event) =>
                      onPick(
                        shown.map(({ alarm }) => alarm.alarm_id),
                        event.currentTarget.checked,
                      )
                    }
                    aria-label="Choose all that are listed"
                  />
                </th>
              )}
              <th className={styles.mark}>
                <span className="visually-hidden">Severity</span>
              </th>
              <th className={styles.entity}>Entity</th>
              <th className={styles.type}>Alarm</th>
              <th>Why it is here</th>
              <th className={styles.linked}>Tied to</th>
              <th className={styles.score}>Score</th>
              <th className={styles.age}>Raised</th>
              <th className={styles.state}>State</th>
            </tr>
          </thead>
          <tbody>
            {before > 0 && <tr style={{ height: before }} />}
            {rows.map((row) => {
              const member = shown[row.index];
              if (member === undefined) return null;
              const isCause = member.alarm.alarm_id === causeAlarmId;
              return (
                <MemberRow
                  key={member.alarm.alarm_id}
                  member={member}
                  labels={labels}
                  isCause={isCause}
                  index={row.index}
                  isPicked={picked.has(member.alarm.alarm_id)}
                  onPick={onPick === null ? null : (alarmId, isPicked) => onPick([alarmId], isPicked)}
                />
              );
            })}
            {after > 0 && <tr style={{ height: after }} />}
          </tbody>
        </table>
      </section>
    </div>
  );
}
