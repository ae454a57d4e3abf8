/** The words of the alarm query: what can stand before the colon, and what it looks at. */
export const queryFields = {
  severity: 'critical, major, minor, warning, indeterminate; also >=major',
  entity: 'the managed object; * stands for anything',
  type: 'the alarm type; * stands for anything',
  problem: 'the specific problem; * stands for anything',
  source: 'the source system; * stands for anything',
  state: 'active, cleared, acked, unacked, shelved, unshelved, suppressed, flapping',
  text: 'words inside the alarm text',
  cluster: 'a cluster id, none or any',
  owner: 'who acknowledged; * stands for anything',
  age: 'time since first raised: <10m, >2h, >3d',
  last: 'time since last raised: <30s, <10m',
  repeats: 'how often it was repeated: >5',
} as const;

export type QueryField = keyof typeof queryFields;

/** Fields whose value is compared as a pattern. */
export type PatternField = 'entity' | 'type' | 'problem' | 'source' | 'cluster' | 'owner';

/** Values of `state:`. */
export const queryStates = [
  'active',
  'cleared',
  'acked',
  'unacked',
  'shelved',
  'unshelved',
  'suppressed',
  'flapping',
] as const;
export type QueryState = (typeof queryStates)[number];

const fieldNames: ReadonlySet<string> = new Set(Object.keys(queryFields));

/** Whether a word may stand before the colon. */
export function isQueryField(word: string): word is QueryField {
  return fieldNames.has(word);
}
