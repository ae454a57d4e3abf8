/** What corrections teach. Pure. One correction is a hint; what people do again and again without contradiction becomes a rule. */
import { z } from 'zod';
import type { Condition } from '#shared/vocabulary/condition.ts';
import type { RulePlace } from '#shared/vocabulary/grouping-rule.ts';
import type { RuleInForce } from '../grouping-rules/compile-rules.ts';
import type { HabitNote } from './corrections-store.ts';
import type { CausePreference } from './prefer-causes.ts';

/** What a habit needs to know of an alarm. */
export interface HabitAlarm {
  readonly entityId: string;
  readonly entityType: string;
  readonly alarmType: string;
  readonly site: string;
}

export interface Habit {
  readonly leftKind: string;
  readonly rightKind: string;
  readonly place: string;
  readonly together: number;
  readonly apart: number;
}

/** Corrected so often in one direction, and at most once in five the other way, people mean it. */
export const sureAfter = 3;
const contradiction = 0.2;
/** A correction of large clusters says little about each pair of kinds; the first so many are noted. */
const mostPairs = 100;

/** Entity type and alarm type; the entity too where the two are neither at one entity nor at one site, for such a habit is about those two. */
const kindSchema = z.union([z.tuple([z.string(), z.string()]), z.tuple([z.string(), z.string(), z.string()])]);

/** What a correction says about every pair of kinds among those moved and the others. Each pair counts once a correction. */
export function habitsOf(
  moved: readonly HabitAlarm[],
  others: readonly HabitAlarm[],
  isTogether: boolean,
): HabitNote[] {
  const notes = new Map<string, HabitNote>();
  for (const one of moved) {
    for (const other of others) {
      if (notes.size >= mostPairs) return [...notes.values()];
      const place = placeOf(one, other);
      const [left, right] = [kindOf(one, place), kindOf(other, place)].sort();
      if (left === undefined || right === undefined) continue;
      const note = { leftKind: left, rightKind: right, place, isTogether };
      notes.set(`${left} ${right} ${place}`, note);
    }
  }
  return [...notes.values()];
}

function placeOf(one: HabitAlarm, other: HabitAlarm): RulePlace {
  if (one.entityId === other.entityId) return 'same_entity';
  return one.site === other.site ? 'same_site' : 'anywhere';
}

/** The kind of an alarm, or of a silent entity (without an alarm type), as habits write it. */
export function kindOf({ entityType, alarmType, entityId }: HabitAlarm, place: RulePlace): string {
  return JSON.stringify(place === 'anywhere' ? [entityType, alarmType, entityId] : [entityType, alarmType]);
}

/** The place of a habit that is about causes, not about grouping: the left kind was named where the right one stood first. */
export const causePlace = 'cause';

/** What naming a cause says: rather this kind than that. The other way round it says the contrary. */
export function causeHabits(named: HabitAlarm, displaced: HabitAlarm): HabitNote[] {
  const [left, right] = [kindOf(named, 'same_site'), kindOf(displaced, 'same_site')];
  if (left === right) return [];
  return [
    { leftKind: left, rightKind: right, place: causePlace, isTogether: true },
    { leftKind: right, rightKind: left, place: causePlace, isTogether: false },
  ];
}

/** Which kinds of causes people are sure of, by the kind that they displace. */
export function preferencesOfHabits(habits: readonly Habit[]): CausePreference[] {
  return habits
    .filter((habit) => habit.place === causePlace && verdictOf(habit) === 'always')
    .map(({ leftKind, rightKind, together }) => ({ named: leftKind, displaced: rightKind, times: together }));
}

/** Which way people are sure; null while they are not. */
export function verdictOf({ together, apart }: Pick<Habit, 'together' | 'apart'>): 'always' | 'never' | null {
  if (together >= sureAfter && apart <= together * contradiction) return 'always';
  if (apart >= sureAfter && together <= apart * contradiction) return 'never';
  return null;
}

/** A habit in words: "CELL OUT and ROUTER DOWN at one site". */
export function describeHabit({ leftKind, rightKind, place }: Pick<Habit, 'leftKind' | 'rightKind' | 'place'>): string {
  if (place === causePlace) return `${kindWords(leftKind)} as the cause rather than ${kindWords(rightKind)}`;
  const where = place === 'same_entity' ? ' at one entity' : place === 'same_site' ? ' at one site' : '';
  return `${kindWords(leftKind)} and ${kindWords(rightKind)}${where}`;
}

function kindWords(kind: string): string {
  const [entityType, alarmType, entityId] = kindSchema.parse(JSON.parse(kind));
  return entityId === undefined ? `${entityType} ${alarmType}`.trim() : `${alarmType} at ${entityId}`;
}

/** The rules that sure habits amount to. */
export function rulesOfHabits(habits: readonly Habit[], withinSeconds: number): RuleInForce[] {
  return habits.flatMap((habit) => {
    const verdict = verdictOf(habit);
    const place = habit.place === 'same_entity' || habit.place === 'same_site' ? habit.place : 'anywhere';
    if (verdict === null || habit.place === causePlace) return [];
    const times = verdict === 'always' ? habit.together : habit.apart;
    return [
      {
        ruleId: `habit ${habit.leftKind} ${habit.rightKind} ${habit.place}`,
        name: `people kept ${describeHabit(habit)} ${verdict === 'always' ? 'together' : 'apart'} ${times} times`,
        verdict,
        first: conditionsOf(habit.leftKind),
        second: conditionsOf(habit.rightKind),
        place,
        within_seconds: withinSeconds,
      },
    ];
  });
}

function conditionsOf(kind: string): Condition[] {
  const [entityType, alarmType, entityId] = kindSchema.parse(JSON.parse(kind));
  const conditions: Condition[] = [{ field: 'alarm_type', operator: 'is', value: alarmType }];
  if (entityType !== '') conditions.push({ field: 'entity_type', operator: 'is', value: entityType });
  if (entityId !== undefined) conditions.push({ field: 'entity_id', operator: 'is', value: entityId });
  return conditions;
}
