import type { SortKey } from '../view/sort.ts';

/** A column of the alarm list. */
export interface ColumnSpec {
  readonly key: ColumnKey;
  readonly label: string;
  /** Least width in pixels. */
  readonly width: number;
  /** Share of the room that is left; 0 keeps the width. */
  readonly grow: number;
  readonly isNumber?: boolean;
  /** Which column goes first when there is no room: the highest goes first, 0 never goes. */
  readonly dispensable: number;
}

export type ColumnKey = Exclude<SortKey, 'severity'>;

/** All columns in their order. */
export const columns: readonly ColumnSpec[] = [
  { key: 'entity', label: 'Entity', width: 120, grow: 2, dispensable: 0 },
  { key: 'type', label: 'Type', width: 116, grow: 1.6, dispensable: 0 },
  { key: 'problem', label: 'Specific problem', width: 104, grow: 1.4, dispensable: 6 },
  { key: 'text', label: 'Text', width: 150, grow: 4, dispensable: 2 },
  { key: 'state', label: 'State', width: 82, grow: 0, dispensable: 1 },
  { key: 'ack', label: 'Acknowledged', width: 102, grow: 0, dispensable: 3 },
  { key: 'repeats', label: 'Repeats', width: 64, grow: 0, isNumber: true, dispensable: 5 },
  { key: 'raised', label: 'First', width: 72, grow: 0, isNumber: true, dispensable: 7 },
  { key: 'last', label: 'Last', width: 72, grow: 0, isNumber: true, dispensable: 0 },
  { key: 'source', label: 'Source', width: 88, grow: 0.6, dispensable: 8 },
  { key: 'cluster', label: 'Happening', width: 96, grow: 1.2, dispensable: 4 },
];

/** Pixels for the tick box and the severity mark. */
export const leadWidth = 62;

/** The chosen columns that fit into `width` pixels; those that can be spared most are left out first. */
export function fitColumns(chosen: readonly ColumnSpec[], width: number): readonly ColumnSpec[] {
  let fitting = chosen;
  while (totalWidth(fitting) > width) {
    const next = fitting.reduce((most, one) => (one.dispensable > most.dispensable ? one : most));
    if (next.dispensable === 0) break;
    fitting = fitting.filter((one) => one !== next);
  }
  return fitting;
}

function totalWidth(list: readonly ColumnSpec[]): number {
  return list.reduce((sum, column) => sum + column.width, leadWidth);
}

/** The value of `grid-template-columns`. */
export function gridTemplate(list: readonly ColumnSpec[]): string {
  const tracks = list.map(({ width, grow }) => (grow === 0 ? `${width}px` : `minmax(${width}px, ${grow}fr)`));
  return ['30px', '32px', ...tracks].join(' ');
}
