import type { ObservedAlarm } from './attribute-alarms.ts';
import type { LearnedCause } from './judge-causes.ts';
import { longestLag } from './lag-bins.ts';
import type { RelatedEntities } from './related-entities.ts';

/** A learned pair with a third type that may be the cause of both. */
interface Suspicion {
  readonly rule: LearnedCause;
  readonly cause: number;
  readonly effect: number;
  readonly parent: number;
  /** Happenings of the parent by what followed within the longest lag: both, one, none. */
  both: number;
  causeOnly: number;
  effectOnly: number;
  neither: number;
  /** Effects that had the cause before them, without and with the parent. */
  alone: number;
  together: number;
}

/** One-sided 5 % point of the normal distribution. */
const association = 1.645;
/** Share of a pair's happenings in which the parent may be missing (lost alarms) without that clearing the pair. */
const mostAlone = 0.1;

/** Alarms of one entity in the order of time. */
interface Track {
  readonly seconds: number[];
  readonly types: number[];
}

function firstAtOrAfter(seconds: readonly number[], second: number): number {
  let [low, high] = [0, seconds.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((seconds[middle] ?? 0) < second) low = middle + 1;
    else high = middle;
  }
  return low;
}

function findSuspicions(rules: readonly LearnedCause[], numberOf: (type: string) => number): Suspicion[] {
  const causesOf = new Map<string, Set<string>>();
  for (const { cause, effect } of rules) causesOf.set(effect, (causesOf.get(effect) ?? new Set()).add(cause));
  return rules.flatMap((rule) =>
    [...(causesOf.get(rule.cause) ?? [])]
      .filter((parent) => causesOf.get(rule.effect)?.has(parent) === true)
      .map((parent) => ({
        rule,
        cause: numberOf(rule.cause),
        effect: numberOf(rule.effect),
        parent: numberOf(parent),
        both: 0,
        causeOnly: 0,
        effectOnly: 0,
        neither: 0,
        alone: 0,
        together: 0,
      })),
  );
}

/** Whether, among happenings of the parent, cause and effect come no more often together than each for itself would. */
function isScreenedOff(found: Suspicion): boolean {
  if (found.alone > mostAlone * (found.alone + found.together)) return false;
  const withCause = found.both + found.causeOnly;
  const withEffect = found.both + found.effectOnly;
  const total = withCause + found.effectOnly + found.neither;
  if (total < 2) return false;
  const expected = (withCause * withEffect) / total;
  // Variance of the hypergeometric distribution.
  const variance = (expected * (total - withCause) * (total - withEffect)) / (total * (total - 1));
  return variance > 0 && (found.both - expected) / Math.sqrt(variance) < association;
}

/**
 * Leaves out the pairs that are but two effects of one cause: given the parent, the one says nothing about the other, and without the
 * parent they hardly ever meet (conditional independence, as in Spirtes and Glymour's search of 1991). `history` sorted by time.
 */
export function screenOff(
  rules: readonly LearnedCause[],
  history: readonly ObservedAlarm[],
  related: RelatedEntities,
): LearnedCause[] {
  const numbers = new Map<string, number>();
  const numberOf = (type: string): number => {
    const known = numbers.get(type) ?? numbers.size;
    numbers.set(type, known);
    return known;
  };
  const suspicions = findSuspicions(rules, numberOf);
  if (suspicions.length === 0) return [...rules];
  const tracks = new Map<string, Track>();
  for (const { entityId, alarmType, raisedAt } of history) {
    const type = numbers.get(alarmType);
    if (type === undefined) continue;
    const track = tracks.get(entityId) ?? { seconds: [], types: [] };
    tracks.set(entityId, track);
    track.seconds.push(Math.floor(raisedAt / 1000));
    track.types.push(type);
  }
  const byParent = Map.groupBy(suspicions, (suspicion) => suspicion.parent);
  const byEffect = Map.groupBy(suspicions, (suspicion) => suspicion.effect);
  const typesAround = (entityId: string, from: number, to: number): Set<number> => {
    const found = new Set<number>();
    for (const place of [entityId, ...related(entityId)]) {
      const track = tracks.get(place);
      if (track === undefined) continue;
      for (let at = firstAtOrAfter(track.seconds, from); (track.seconds[at] ?? Number.POSITIVE_INFINITY) <= to; at++) {
        found.add(track.types[at] ?? -1);
      }
    }
    return found;
  };
  for (const [entityId, { seconds, types }] of tracks) {
    for (const [position, type] of types.entries()) {
      const second = seconds[position] ?? 0;
      const asParent = byParent.get(type);
      if (asParent !== undefined) {
        const after = typesAround(entityId, second, second + longestLag);
        for (const suspicion of asParent) {
          const [hasCause, hasEffect] = [after.has(suspicion.cause), after.has(suspicion.effect)];
          if (hasCause && hasEffect) suspicion.both += 1;
          else if (hasCause) suspicion.causeOnly += 1;
          else if (hasEffect) suspicion.effectOnly += 1;
          else suspicion.neither += 1;
        }
      }
      const asEffect = byEffect.get(type);
      if (asEffect !== undefined) {
        const before = typesAround(entityId, second - longestLag, second);
        for (const suspicion of asEffect) {
          if (!before.has(suspicion.cause)) continue;
          if (before.has(suspicion.parent)) suspicion.together += 1;
          else suspicion.alone += 1;
        }
      }
    }
  }
  const innocent = new Set(suspicions.filter(isScreenedOff).map((suspicion) => suspicion.rule));
  return rules.filter((rule) => !innocent.has(rule));
}
