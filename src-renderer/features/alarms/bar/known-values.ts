import type { Alarm } from '#shared/api/alarms.ts';
import type { KnownValues } from '../query/complete.ts';

/** How many values of a field are offered at most. */
const most = 500;

/** Values seen in the alarms at hand, the most frequent first. */
export function knownValuesOf(alarms: Iterable<Alarm>): KnownValues {
  const entity = new Map<string, number>();
  const type = new Map<string, number>();
  const problem = new Map<string, number>();
  const source = new Map<string, number>();
  const owner = new Map<string, number>();
  for (const alarm of alarms) {
    count(entity, alarm.entity_id);
    count(type, alarm.alarm_type);
    count(problem, alarm.specific_problem);
    count(source, alarm.source_system);
    count(owner, alarm.acked_by ?? '');
  }
  return {
    entity: frequentFirst(entity),
    type: frequentFirst(type),
    problem: frequentFirst(problem),
    source: frequentFirst(source),
    owner: frequentFirst(owner),
    cluster: ['none', 'any'],
  };
}

function count(counts: Map<string, number>, value: string): void {
  if (value !== '') counts.set(value, (counts.get(value) ?? 0) + 1);
}

function frequentFirst(counts: ReadonlyMap<string, number>): string[] {
  return [...counts]
    .sort(([, left], [, right]) => right - left)
    .slice(0, most)
    .map(([value]) => value);
}
