import { choiceCost } from '#engine/correlation/code-length.ts';
import type { RootCauseCandidate } from '#engine/correlation/correlator.ts';
import type { Happening } from '#engine/correlation/explain-levels.ts';
import { type Influence, reachCount, reaches } from '#engine/correlation/influence.ts';
import type { LiveAlarm } from '#engine/correlation/live-alarm.ts';

/** Nats that a condition costs which a candidate does not explain. */
const unexplainedCost = 6;
/** Nats that a wide place costs as a root, and any place: they hold faults, they do not have them. */
const regionCost = 8;
const placeCost = 3;
/** A long way from cause to effect is walked once for all that it explains, so the mean strain counts, so many times. */
const strainWeight = 2;
/** Nats that silence of the candidate itself costs. */
const silenceCost = 1.5;
/** Nats for each doubling (in e) of the seconds by which a candidate speaks after the first consequence, and at most. */
const lateWeight = 0.5;
const mostLateCost = 5;
/** The choice of the best explanation counts for so many nats. */
const chosenWorth = 4;
/** Nats for each way of reaching, in the order of `reaches`: what works without the cause is a weaker witness. */
const reachCosts = [0, 0.7, 2.5, 0.3, 1.5, 1.5];
const housedStrain = 1;
const named = 3;
/** So many are weighed in full: those that cover most. */
const mostWeighed = 24;
const leastShare = 0.3;

/** Up the dependencies: what is above must cover this share of what the candidate covers. */
const climbShare = 0.6;
const mostSteps = 6;
/** How much later than the candidate what is above may speak, for clocks that are off, milliseconds. */
const climbSlackMs = 90_000;
const climbWithinMs = 600_000;
const climbWorth = 1;

interface Scored {
  readonly entity: number;
  readonly own: LiveAlarm | undefined;
  readonly covers: number;
  cost: number;
  /** Set where it stands above another candidate in the dependencies. */
  below: number;
}

/** Ranks what could be the cause of a happening; confidences add up to at most 1. */
export function rankRootCauses(
  happening: Happening,
  influence: Influence,
  nameOf: (entity: number) => string,
): RootCauseCandidate[] {
  const { conditions } = happening;
  const firstOf = firstWords(happening);
  let startedAt = Number.POSITIVE_INFINITY;
  for (const { raisedAt } of firstOf.values()) if (raisedAt < startedAt) startedAt = raisedAt;
  const costs = weigh(happening, shortlist(happening, firstOf), influence);
  const scored: Scored[] = [];
  for (const [entity, { covers, strain, choice }] of costs) {
    const own = firstOf.get(entity);
    const late = own === undefined ? 0 : lateWeight * Math.log1p((own.raisedAt - startedAt) / 1000);
    const place = influence.isRegion(entity) ? regionCost : influence.isPlace(entity) ? placeCost : 0;
    const cost =
      choice +
      (strainWeight * strain) / covers +
      (conditions.length - covers) * unexplainedCost +
      (own === undefined ? silenceCost : Math.min(mostLateCost, late)) +
      place -
      (entity === happening.root ? chosenWorth : 0);
    scored.push({ entity, own, covers, cost, below: -1 });
  }
  scored.sort((left, right) => left.cost - right.cost || left.entity - right.entity);
  climb(scored, startedAt, influence);
  const best = scored[0]?.cost ?? 0;
  const total = scored.reduce((sum, { cost }) => sum + Math.exp(best - cost), 0);
  return scored.slice(0, named).map(({ entity, own, covers, cost, below }) => ({
    entityId: nameOf(entity),
    alarmId: own?.id ?? null,
    confidence: Math.exp(best - cost) / total,
    because: wordsFor(own, covers, conditions.length, startedAt, below < 0 ? '' : `; ${nameOf(below)} needs it`),
  }));
}

/** The first alarm of each entity. */
function firstWords({ conditions }: Happening): Map<number, LiveAlarm> {
  const first = new Map<number, LiveAlarm>();
  for (const { entity, alarms } of conditions) {
    const [alarm] = alarms;
    if (alarm === undefined) continue;
    const known = first.get(entity);
    if (known === undefined || alarm.raisedAt < known.raisedAt) first.set(entity, alarm);
  }
  return first;
}

/** The entities that cover most of the conditions, and the chosen root. */
function shortlist({ root, conditions }: Happening, firstOf: ReadonlyMap<number, LiveAlarm>): Set<number> {
  const counts = new Map<number, number>();
  let most = 1;
  for (const { causes } of conditions) {
    for (let at = 0; at < causes.codes.length; at += 1) {
      const cause = Math.floor((causes.codes[at] ?? 0) / reachCount);
      const count = (counts.get(cause) ?? 0) + 1;
      counts.set(cause, count);
      if (count > most) most = count;
    }
  }
  const worth = (entity: number, count: number): number => count + (firstOf.has(entity) ? 0.5 : 0);
  const wide = [...counts].filter(([, count]) => count >= leastShare * most);
  wide.sort((left, right) => worth(...right) - worth(...left) || left[0] - right[0]);
  return new Set([root, ...wide.slice(0, mostWeighed).map(([entity]) => entity)]);
}

interface Weighed {
  covers: number;
  strain: number;
  /** Nats of telling which entities of each kind feel it. */
  choice: number;
}

function weigh({ conditions }: Happening, among: ReadonlySet<number>, influence: Influence): Map<number, Weighed> {
  const costs = new Map<number, Weighed>();
  const groups = new Map<number, Map<number, { readonly entities: Set<number>; readonly possible: number }>>();
  for (const { entity, entityType, kind, share, causes } of conditions) {
    for (let at = 0; at < causes.codes.length; at += 1) {
      const code = causes.codes[at] ?? 0;
      const cause = Math.floor(code / reachCount);
      if (!among.has(cause)) continue;
      let cost = costs.get(cause);
      let ofCause = groups.get(cause);
      if (cost === undefined || ofCause === undefined) {
        cost = { covers: 0, strain: 0, choice: 0 };
        ofCause = new Map();
        costs.set(cause, cost);
        groups.set(cause, ofCause);
      }
      cost.covers += 1;
      cost.strain += causes.strain[at] ?? 0;
      if (entity === cause) continue;
      const reach = code % reachCount;
      const key = kind * reachCount + reach;
      const group = ofCause.get(key);
      if (group !== undefined) {
        group.entities.add(entity);
        continue;
      }
      const possible = reach === reaches.named ? 1 : influence.reachable(code, entityType) * share;
      ofCause.set(key, { entities: new Set([entity]), possible: Math.round(possible) });
    }
  }
  for (const [cause, ofCause] of groups) {
    const cost = costs.get(cause);
    if (cost === undefined) continue;
    for (const [key, { entities, possible }] of ofCause) {
      cost.choice += choiceCost(entities.size, Math.max(entities.size, possible)) + (reachCosts[key % reachCount] ?? 0);
    }
  }
  return costs;
}

/**
 * Puts what supplies the first candidate before it, as long as it alarmed no later and covers most of the same: the
 * router is dead because its power is gone. Equipment that passes on traffic is left out, for it complains of others.
 */
function climb(scored: Scored[], startedAt: number, influence: Influence): void {
  const byEntity = new Map(scored.map((candidate) => [candidate.entity, candidate]));
  for (let steps = 0; steps < mostSteps; steps += 1) {
    const top = scored[0];
    if (top === undefined) return;
    const { codes, strain } = influence.causesOf(top.entity);
    const latest = Math.min(top.own?.raisedAt ?? Number.POSITIVE_INFINITY, startedAt + climbWithinMs) + climbSlackMs;
    let above: Scored | undefined;
    let nearest = Number.POSITIVE_INFINITY;
    for (let at = 0; at < codes.length; at += 1) {
      const code = codes[at] ?? 0;
      const reach = code % reachCount;
      const candidate = byEntity.get(Math.floor(code / reachCount));
      if (candidate === undefined || candidate === top || candidate.own === undefined) continue;
      if (reach !== reaches.below && reach !== reaches.housed) continue;
      if (influence.carriesTraffic(candidate.entity) || influence.isPlace(candidate.entity)) continue;
      if (candidate.covers < climbShare * top.covers || candidate.own.raisedAt > latest) continue;
      const way = (strain[at] ?? 0) + (reach === reaches.housed ? housedStrain : 0);
      if (way >= nearest) continue;
      nearest = way;
      above = candidate;
    }
    if (above === undefined) return;
    above.cost = top.cost - climbWorth;
    above.below = top.entity;
    scored.splice(scored.indexOf(above), 1);
    scored.unshift(above);
  }
}

function wordsFor(own: LiveAlarm | undefined, covers: number, all: number, startedAt: number, path: string): string {
  const coverage =
    covers === all
      ? `its failure would explain all ${all} conditions`
      : `its failure would explain ${covers} of ${all} conditions`;
  if (own === undefined) return `${coverage}, although it says nothing itself${path}`;
  const seconds = Math.round((own.raisedAt - startedAt) / 1000);
  return `${coverage}; it alarmed ${seconds === 0 ? 'first' : `${seconds} s after the first`}${path}`;
}
