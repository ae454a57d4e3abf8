import type { Alarm } from '#shared/api/alarms.ts';
import type { PatternField, QueryState } from './fields.ts';
import { compare } from './parse.ts';
import type { Condition, Query } from './query.ts';

/** Alarms never change in place, so their searchable words can be kept beside them. */
export type Haystacks = WeakMap<Alarm, string>;

/** Whether an alarm meets every condition. `now` in milliseconds since the epoch. */
export function matchesQuery(alarm: Alarm, query: Query, now: number, haystacks: Haystacks): boolean {
  return query.conditions.every((condition) => holds(alarm, condition, now, haystacks));
}

/** Whether an alarm meets one condition, its negation counted in. */
export function holds(alarm: Alarm, condition: Condition, now: number, haystacks: Haystacks): boolean {
  return meets(alarm, condition, now, haystacks) !== condition.negated;
}

function meets(alarm: Alarm, condition: Condition, now: number, haystacks: Haystacks): boolean {
  switch (condition.kind) {
    case 'severity':
      return condition.anyOf.has(alarm.severity);
    case 'state':
      return statesInclude(alarm, condition.anyOf, now);
    case 'pattern': {
      const value = patternValue(alarm, condition.field);
      return condition.anyOf.some((glob) => presence(condition.field, glob.source, value) ?? glob.matches(value ?? ''));
    }
    case 'words':
      return haystack(alarm, haystacks).includes(condition.needle);
    case 'text': {
      const text = alarm.text.toLowerCase();
      return condition.needles.some((needle) => text.includes(needle));
    }
    case 'time': {
      const since = Date.parse(condition.field === 'age' ? alarm.raised_at : alarm.last_raised_at);
      return compare(now - since, condition.comparison, condition.milliseconds);
    }
    case 'repeats':
      return compare(alarm.repeat_count, condition.comparison, condition.count);
  }
}

/** For fields that may be empty, `none` and `any` ask whether there is a value at all; null for every other pattern. */
function presence(field: PatternField, source: string, value: string | null): boolean | null {
  if (field !== 'cluster' && field !== 'owner') {
    return null;
  }
  if (source === 'none') {
    return value === null;
  }
  return source === 'any' || source === '*' ? value !== null : null;
}

function patternValue(alarm: Alarm, field: PatternField): string | null {
  switch (field) {
    case 'entity':
      return alarm.entity_id;
    case 'type':
      return alarm.alarm_type;
    case 'problem':
      return alarm.specific_problem;
    case 'source':
      return alarm.source_system;
    case 'cluster':
      return alarm.cluster_id;
    case 'owner':
      return alarm.acked_by;
  }
}

function statesInclude(alarm: Alarm, states: ReadonlySet<QueryState>, now: number): boolean {
  const shelved = isShelved(alarm, now);
  return (
    states.has(alarm.is_cleared ? 'cleared' : 'active') ||
    states.has(alarm.ack_state) ||
    states.has(shelved ? 'shelved' : 'unshelved') ||
    (alarm.suppressed_by !== null && states.has('suppressed')) ||
    (alarm.flapping_since !== null && states.has('flapping'))
  );
}

/** Whether the shelf still holds at `now` (milliseconds since the epoch). */
export function isShelved(alarm: Alarm, now: number): boolean {
  return alarm.shelved_until !== null && Date.parse(alarm.shelved_until) > now;
}

function haystack(alarm: Alarm, haystacks: Haystacks): string {
  const known = haystacks.get(alarm);
  if (known !== undefined) {
    return known;
  }
  const words = [
    alarm.entity_id,
    alarm.alarm_type,
    alarm.specific_problem,
    alarm.probable_cause ?? '',
    alarm.source_system,
    alarm.text,
  ]
    .join('\n')
    .toLowerCase();
  haystacks.set(alarm, words);
  return words;
}
