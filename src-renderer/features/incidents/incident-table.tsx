import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef } from 'react';
import type { Incident } from '#shared/api/incidents.ts';
import type { IncidentSort, IncidentSortKey } from './incident-list.ts';
import { IncidentRow } from './incident-row.tsx';
import styles from './incident-table.module.css';

interface IncidentTableProps {
  readonly incidents: readonly Incident[];
  readonly sort: IncidentSort;
  readonly cursor: string | null;
  readonly onSort: (sort: IncidentSort) => void;
  readonly onSelect: (incidentId: string) => void;
}

const rowHeight = 28;
const heads: readonly { sortKey: IncidentSortKey | null; label: string; className: string | undefined }[] = [
  { sortKey: 'urgency', label: 'Urgency', className: styles.headMark },
  { sortKey: 'title', label: 'What', className: undefined },
  { sortKey: null, label: 'Entity', className: styles.headEntity },
  { sortKey: 'state', label: 'State', className: styles.headState },
  { sortKey: 'owner', label: 'Owner', className: styles.headOwner },
  { sortKey: 'alarms', label: 'Alarms', className: styles.headAlarms },
  { sortKey: 'age', label: 'Clock', className: styles.headClock },
];

/** The listed incidents. */
export function IncidentTable({ incidents, sort, cursor, onSort, onSelect }: IncidentTableProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const virtualizer = useVirtualizer({
    count: incidents.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
    scrollPaddingStart: rowHeight,
  });
  const rows = virtualizer.getVirtualItems();
  const before = rows[0]?.start ?? 0;
  const after = virtualizer.getTotalSize() - (rows.at(-1)?.end ?? 0);

  // biome-ignore lint/correctness/useExhaustiveDependencies: only a moved cursor scrolls, not a list that changed.
  useEffect(() => {
    const index = incidents.findIndex((incident) => incident.incident_id === cursor);
    if (index >= 0) virtualizer.scrollToIndex(index, { align: 'auto' });
  }, [cursor]);

  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard.
    <section ref={scroller} className={styles.scroller} tabIndex={0} aria-label="Table of incidents">
      <table className={styles.table} aria-rowcount={incidents.length + 1}>
        <thead>
          <tr>
            {heads.map((head) => (
              <IncidentHead key={head.label} {...head} sort={sort} onSort={onSort} />
            ))}
          </tr>
        </thead>
        <tbody>
          {before > 0 && <tr style={{ height: before }} />}
          {rows.map((row) => {
            const incident = incidents[row.index];
            if (incident === undefined) return null;
            return (
              <IncidentRow
                key={incident.incident_id}
                incident={incident}
                index={row.index}
                isCursor={incident.incident_id === cursor}
                onSelect={onSelect}
              />
            );
          })}
          {after > 0 && <tr style={{ height: after }} />}
        </tbody>
      </table>
    </section>
  );
}

interface IncidentHeadProps {
  readonly sortKey: IncidentSortKey | null;
  readonly label: string;
  readonly className: string | undefined;
  readonly sort: IncidentSort;
  readonly onSort: (sort: IncidentSort) => void;
}

function IncidentHead({ sortKey, label, className, sort, onSort }: IncidentHeadProps) {
  if (sortKey === null) return <th className={className}>{label}</th>;
  const isSorted = sort.key === sortKey;
  const Arrow = sort.descending ? IconArrowDown : IconArrowUp;
  const startsDescending = sortKey === 'urgency' || sortKey === 'alarms' || sortKey === 'age';
  return (
    <th className={className} aria-sort={isSorted ? (sort.descending ? 'descending' : 'ascending') : undefined}>
      <button
        type="button"
        className={styles.sort}
        onClick={() => onSort({ key: sortKey, descending: isSorted ? !sort.descending : startsDescending })}
        aria-label={`Sort by ${label.toLowerCase()}`}
      >
        {sortKey === 'urgency' ? <span aria-hidden="true">{isSorted ? '' : '◆'}</span> : label}
        {isSorted && <Arrow size={12} stroke={2} aria-hidden="true" />}
      </button>
    </th>
  );
}
