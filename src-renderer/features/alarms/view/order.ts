import type { Alarm } from '#shared/api/alarms.ts';
import { alarmComparator, type Sort } from './sort.ts';

/**
 * The rows in the order in which they stand on the screen. While somebody works in the list the order is held: arrivals
 * go above the first row, rows that no longer belong stay where they are, and both are counted.
 */
export interface RowOrder {
  readonly ids: readonly string[];
  /** Ids that came in above since the order was settled. */
  readonly arrived: number;
  /** Rows still standing that the query no longer lists. */
  readonly stale: number;
}

/** Sorts from scratch; nothing has arrived, nothing is stale. */
export function settleOrder(listed: readonly Alarm[], sort: Sort): RowOrder {
  return { ids: listed.toSorted(alarmComparator(sort)).map((alarm) => alarm.alarm_id), arrived: 0, stale: 0 };
}

/** Keeps every row that stood before in its place and puts new ones above, sorted among themselves. */
export function holdOrder(before: RowOrder, listed: readonly Alarm[], sort: Sort): RowOrder {
  const standing = new Set(before.ids);
  const arrivals = listed.filter((alarm) => !standing.has(alarm.alarm_id));
  const stale = before.ids.length - (listed.length - arrivals.length);
  if (arrivals.length === 0) {
    return stale === before.stale ? before : { ...before, stale };
  }
  const above = arrivals.sort(alarmComparator(sort)).map((alarm) => alarm.alarm_id);
  return { ids: [...above, ...before.ids], arrived: before.arrived + above.length, stale };
}
