import type { Alarm } from '#shared/api/alarms.ts';
import { severityRank } from '#shared/vocabulary/severity.ts';

/** Columns by which the list can be sorted. */
export const sortKeys = [
  'severity',
  'entity',
  'type',
  'problem',
  'text',
  'state',
  'ack',
  'repeats',
  'raised',
  'last',
  'source',
  'cluster',
] as const;
export type SortKey = (typeof sortKeys)[number];

export interface Sort {
  readonly key: SortKey;
  readonly descending: boolean;
}

/** Latest news first. */
export const defaultSort: Sort = { key: 'last', descending: true };

/** Columns whose first click puts the highest first. */
export const descendingFirst: ReadonlySet<SortKey> = new Set(['severity', 'repeats', 'raised', 'last']);

/** `-last`, `entity`: the form that stands in the address. */
export function formatSort(sort: Sort): string {
  return `${sort.descending ? '-' : ''}${sort.key}`;
}

/** Reads `formatSort`'s form; anything else is the default. */
export function parseSort(text: string | null): Sort {
  const name = text?.replace(/^-/u, '');
  const key = sortKeys.find((one) => one === name);
  return key === undefined ? defaultSort : { key, descending: text?.startsWith('-') === true };
}

/** Orders alarms; equal ones by last raise, latest first, then by id, so that the order is always the same. */
export function alarmComparator(sort: Sort): (left: Alarm, right: Alarm) => number {
  const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });
  const direction = sort.descending ? -1 : 1;
  const text = (left: string, right: string) => collator.compare(left, right);
  const primary = comparators(text)[sort.key];
  return (left, right) =>
    direction * primary(left, right) ||
    compareTimes(right.last_raised_at, left.last_raised_at) ||
    (left.alarm_id < right.alarm_id ? -1 : 1);
}

type Compare = (left: Alarm, right: Alarm) => number;

function comparators(text: (left: string, right: string) => number): Readonly<Record<SortKey, Compare>> {
  return {
    severity: (left, right) => severityRank(left.severity) - severityRank(right.severity),
    entity: (left, right) => text(left.entity_id, right.entity_id),
    type: (left, right) => text(left.alarm_type, right.alarm_type),
    problem: (left, right) => text(left.specific_problem, right.specific_problem),
    text: (left, right) => text(left.text.slice(0, 256), right.text.slice(0, 256)),
    state: (left, right) => stateRank(left) - stateRank(right),
    ack: (left, right) => text(left.acked_by ?? '', right.acked_by ?? ''),
    repeats: (left, right) => left.repeat_count - right.repeat_count,
    raised: (left, right) => compareTimes(left.raised_at, right.raised_at),
    last: (left, right) => compareTimes(left.last_raised_at, right.last_raised_at),
    source: (left, right) => text(left.source_system, right.source_system),
    cluster: (left, right) => text(left.cluster_id ?? '', right.cluster_id ?? ''),
  };
}

/** What waits for a person comes first: standing unacknowledged, cleared unacknowledged, acknowledged, over. */
function stateRank(alarm: Alarm): number {
  return (alarm.ack_state === 'unacked' ? 0 : 2) + (alarm.is_cleared ? 1 : 0);
}

/** Times on the wire are UTC with milliseconds, so their text orders as they do; other forms are parsed. */
function compareTimes(left: string, right: string): number {
  if (left.length === right.length && left.endsWith('Z') && right.endsWith('Z')) {
    return left < right ? -1 : left > right ? 1 : 0;
  }
  return Date.parse(left) - Date.parse(right);
}
