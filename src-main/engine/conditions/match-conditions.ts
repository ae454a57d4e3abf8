import type { Condition } from '#shared/vocabulary/condition.ts';
import { compileGlob } from '#shared/vocabulary/glob.ts';

/** What conditions are asked of. */
export interface AlarmFacts {
  readonly entityId: string;
  /** Null where the topology does not know the entity. */
  readonly entityType: string | null;
  readonly alarmType: string;
  readonly specificProblem: string;
  readonly sourceSystem: string;
  readonly severity: string;
  readonly text: string;
  /** Everything that holds the entity, nearest first: rack, site, region. */
  readonly holders: readonly string[];
}

/** Whether an alarm meets all conditions. */
export type AlarmTest = (facts: AlarmFacts) => boolean;

/**
 * Makes a test of conditions, all of which must hold.
 * @param withContents an entity also counts as one that holds it, so that naming a site means everything in it
 */
export function compileConditions(conditions: readonly Condition[], withContents: boolean): AlarmTest {
  const tests = conditions.map(({ field, operator, value }): AlarmTest => {
    const glob = compileGlob(value);
    const meets: AlarmTest =
      field === 'entity_id' && withContents
        ? ({ entityId, holders }) => glob.matches(entityId) || holders.some((holder) => glob.matches(holder))
        : (facts) => glob.matches(readField(facts, field));
    return operator === 'is' ? meets : (facts) => !meets(facts);
  });
  return (facts) => tests.every((test) => test(facts));
}

function readField(facts: AlarmFacts, field: Condition['field']): string {
  switch (field) {
    case 'entity_id':
      return facts.entityId;
    case 'entity_type':
      return facts.entityType ?? '';
    case 'alarm_type':
      return facts.alarmType;
    case 'specific_problem':
      return facts.specificProblem;
    case 'source_system':
      return facts.sourceSystem;
    case 'severity':
      return facts.severity;
    case 'text':
      return facts.text;
  }
}
