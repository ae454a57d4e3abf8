import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { descendingFirst, type Sort, type SortKey } from '../view/sort.ts';
import styles from './alarm-grid.module.css';
import type { ColumnSpec } from './columns.ts';

interface GridHeadProps {
  readonly columns: readonly ColumnSpec[];
  readonly template: string;
  readonly sort: Sort;
  readonly picked: number;
  readonly total: number;
  readonly onSort: (sort: Sort) => void;
  readonly onPickAll: () => void;
}

/** Column names; a click sorts, a second one turns the order round. */
export function GridHead({ columns, template, sort, picked, total, onSort, onPickAll }: GridHeadProps) {
  return (
    <tr className={styles.head} style={{ gridTemplateColumns: template }} aria-rowindex={1}>
      <th scope="col" className={styles.tick}>
        <input
          type="checkbox"
          checked={picked > 0 && picked >= total}
          ref={(box) => {
            if (box !== null) box.indeterminate = picked > 0 && picked < total;
          }}
          onChange={onPickAll}
          aria-label={picked > 0 ? 'Select none' : 'Select all listed alarms'}
        />
      </th>
      <HeadCell sortKey="severity" label="Severity" shown="" sort={sort} onSort={onSort} />
      {columns.map((column) => (
        <HeadCell
          key={column.key}
          sortKey={column.key}
          label={column.label}
          shown={column.label}
          isNumber={column.isNumber === true}
          sort={sort}
          onSort={onSort}
        />
      ))}
    </tr>
  );
}

interface HeadCellProps {
  readonly sortKey: SortKey;
  readonly label: string;
  /** What is written; empty where only the arrow has room. */
  readonly shown: string;
  readonly isNumber?: boolean;
  readonly sort: Sort;
  readonly onSort: (sort: Sort) => void;
}

function HeadCell({ sortKey, label, shown, isNumber = false, sort, onSort }: HeadCellProps) {
  const isSorted = sort.key === sortKey;
  const Arrow = sort.descending ? IconArrowDown : IconArrowUp;
  const descending = isSorted ? !sort.descending : descendingFirst.has(sortKey);
  return (
    <th
      scope="col"
      className={styles.headCell}
      data-number={isNumber || undefined}
      aria-sort={isSorted ? (sort.descending ? 'descending' : 'ascending') : undefined}
    >
      <button
        type="button"
        className={styles.sort}
        onClick={() => onSort({ key: sortKey, descending })}
        aria-label={`Sort by ${label.toLowerCase()}`}
        title={`Sort by ${label.toLowerCase()}`}
      >
        {shown === '' ? <span aria-hidden="true">{isSorted ? '' : '◆'}</span> : shown}
        {isSorted && <Arrow size={12} stroke={2} aria-hidden="true" />}
      </button>
    </th>
  );
}
