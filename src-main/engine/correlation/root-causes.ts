import type { RootCauseCandidate } from '#engine/correlation/correlator.ts';
import type { Happening } from '#engine/correlation/explain-levels.ts';
import { type Influence, reachCount } from '#engine/correlation/influence.ts';
import type { LiveAlarm } from '#engine/correlation/live-alarm.ts';

/** Nats that an entity costs which a candidate does not explain. */
const unexplainedCost = 4;
/** The same for a share: in a big happening a few strangers do not speak against its cause. */
const allUnexplainedCost = 25;
/** Nats that a wide place costs as a root: regions hold faults, they do not have them. */
const regionCost = 8;
/** A long way from cause to effect is walked once for all that it explains, so the mean strain counts, so many times. */
const strainWeight = 2;
/** Nats that silence of the candidate itself costs. */
const silenceCost = 2.5;
/** A cause that speaks so many milliseconds after its first consequence loses one nat. */
const lateMs = 30_000;
const mostLateCost = 5;
/** The choice of the best explanation counts for so many nats against mere coverage. */
const chosenWorth = 3;
/** Nats for each way of reaching, in the order of `reaches`: what works without the cause is a weaker witness. */
const reachStrains = [0, 0.7, 2, 0, 1, 0.3];
const named = 3;

/** Ranks what could be the cause of a happening; confidences add up to at most 1. */
export function rankRootCauses(
  happening: Happening,
  influence: Influence,
  nameOf: (entity: number) => string,
): RootCauseCandidate[] {
  const strains = new Map<number, { count: number; strain: number }>();
  const firstOf = new Map<number, LiveAlarm>();
  let startedAt = Number.POSITIVE_INFINITY;
  const entities = new Set<number>();
  for (const { entity, causes, alarms } of happening.conditions) {
    const [first] = alarms;
    if (first === undefined) continue;
    if (first.raisedAt < startedAt) startedAt = first.raisedAt;
    const known = firstOf.get(entity);
    if (known === undefined || first.raisedAt < known.raisedAt) firstOf.set(entity, first);
    if (entities.has(entity)) continue;
    entities.add(entity);
    for (let at = 0; at < causes.codes.length; at += 1) {
      const code = causes.codes[at] ?? 0;
      const cause = Math.floor(code / reachCount);
      const strain = (causes.strain[at] ?? 0) + (reachStrains[code % reachCount] ?? 0);
      const entry = strains.get(cause);
      if (entry === undefined) strains.set(cause, { count: 1, strain });
      else {
        entry.count += 1;
        entry.strain += strain;
      }
    }
  }
  const all = entities.size;
  const scored = [...strains].map(([entity, { count, strain }]) => {
    const own = firstOf.get(entity);
    const late = own === undefined ? 0 : Math.min(mostLateCost, (own.raisedAt - startedAt) / lateMs);
    const cost =
      (strainWeight * strain) / count +
      Math.min((all - count) * unexplainedCost, ((all - count) / all) * allUnexplainedCost) +
      (own === undefined ? silenceCost : late) +
      (influence.isRegion(entity) ? regionCost : 0);
    return { entity, own, covers: count, cost: entity === happening.root ? cost - chosenWorth : cost };
  });
  scored.sort((left, right) => left.cost - right.cost || left.entity - right.entity);
  const best = scored[0]?.cost ?? 0;
  const total = scored.reduce((sum, { cost }) => sum + Math.exp(best - cost), 0);
  const causes = influence.causesOf(happening.root);
  return scored.slice(0, named).map(({ entity, own, covers, cost }) => ({
    entityId: nameOf(entity),
    alarmId: own?.id ?? null,
    confidence: Math.exp(best - cost) / total,
    because: wordsFor(own, covers, all, startedAt, entity === happening.root ? pathAbove(causes.via.length) : ''),
  }));
}

function pathAbove(_steps: number): string {
  return '; the explanation with the fewest faults needs it';
}

function wordsFor(own: LiveAlarm | undefined, covers: number, all: number, startedAt: number, chosen: string): string {
  const coverage =
    covers === all
      ? `its failure would explain all ${all} alarming entities`
      : `its failure would explain ${covers} of ${all} alarming entities`;
  if (own === undefined) return `${coverage}, although it says nothing itself${chosen}`;
  const seconds = Math.round((own.raisedAt - startedAt) / 1000);
  return `${coverage}; it alarmed ${seconds === 0 ? 'first' : `${seconds} s after the first`}${chosen}`;
}
