import { chooseFaults } from '#engine/correlation/choose-faults.ts';
import { choiceCost, spreadCost } from '#engine/correlation/code-length.ts';
import type { Weights } from '#engine/correlation/evidence.ts';
import type { Happening } from '#engine/correlation/explain-levels.ts';
import { describeHappenings, endingCost, type Features, middleOf } from '#engine/correlation/happening-features.ts';
import type { PlaceIndex } from '#engine/correlation/place-index.ts';
import type { TopologyIndex } from '#engine/correlation/topology-index.ts';

/** Weather and mains reach about so far, kilometres. */
const radii = [8, 14];
const widest = Math.max(...radii);
/** Only what a happening begins with can tell of an area, milliseconds. */
const openingMs = 120_000;
/** Rain crosses an area in minutes, milliseconds. */
const longestMs = 600_000;
/** Two of a kind near each other are no weather yet. */
const leastAlike = 3;
/** Nats of an area failing, besides those of a fault. */
const areaCost = 2;
/** Nats of following the nearest of its kind, besides the time between. */
const burstCost = 1;
/** Nats that must be gained against standing alone. */
const leastGain = 2;

interface Area {
  readonly startedAt: number;
  readonly members: readonly number[];
  readonly costs: readonly number[];
}

/**
 * Joins happenings that begin with the same word, from neighbouring places, at about one time: rain on radio hops, mains
 * lost in a part of town. It takes places: without coordinates nothing is joined.
 */
export function joinAreas(
  happenings: readonly Happening[],
  topology: TopologyIndex,
  places: PlaceIndex,
  weights: Weights,
): Happening[] {
  const features = describeHappenings(happenings, topology);
  const areas = findAreas(happenings, features, places);
  if (areas.length === 0) return [...happenings];
  const chosen = chooseAreas(happenings.length, areas, weights);
  const joined: Happening[] = [];
  const parts = new Map<number, Happening[]>();
  happenings.forEach((happening, number) => {
    const area = chosen[number] ?? -1;
    if (area < 0) {
      joined.push(happening);
      return;
    }
    const list = parts.get(area);
    if (list === undefined) parts.set(area, [happening]);
    else list.push(happening);
  });
  for (const list of parts.values()) {
    const [first] = list.toSorted((left, right) => left.startedAt - right.startedAt);
    if (first !== undefined) joined.push({ ...first, conditions: list.flatMap(({ conditions }) => conditions) });
  }
  return joined;
}

function chooseAreas(count: number, areas: readonly Area[], weights: Weights): Int32Array {
  const items: number[] = [];
  const costs: number[] = [];
  const candidates = areas.map(({ startedAt, members, costs: asked }) => {
    const begin = items.length;
    const worthwhile = members
      .map((happening, at) => ({ happening, cost: asked[at] ?? Number.POSITIVE_INFINITY }))
      .filter(({ cost }) => cost < weights.faultCost - leastGain)
      .sort((left, right) => left.cost - right.cost);
    if (worthwhile.length >= leastAlike) {
      for (const { happening, cost } of worthwhile) {
        items.push(happening);
        costs.push(cost);
      }
    }
    return { root: -1, startedAt, fixedCost: weights.faultCost + areaCost, silent: true, begin, end: items.length };
  });
  const priced = { candidates, items: Int32Array.from(items), costs: Float32Array.from(costs) };
  return chooseFaults(count, priced, weights.faultCost);
}

/** What a happening began with: one alarm of each kind among its first. */
interface Opening {
  readonly happening: number;
  readonly entity: number;
  readonly entityType: number;
  readonly at: number;
}

/** For everything that a happening began with, what is alike around it. */
function findAreas(happenings: readonly Happening[], features: Features, places: PlaceIndex): Area[] {
  const areas: Area[] = [];
  for (const list of openingsByKind(happenings, places).values()) {
    if (list.length < leastAlike) continue;
    list.sort((left, right) => left.at - right.at);
    let from = 0;
    for (const seed of list) {
      while (seed.at - (list[from]?.at ?? seed.at) > longestMs) from += 1;
      const near: Opening[] = [];
      for (let number = from; number < list.length; number += 1) {
        const other = list[number];
        if (other === undefined || other.at - seed.at > longestMs) break;
        if (places.kilometres(seed.entity, other.entity) <= widest) near.push(other);
      }
      for (const radius of radii) {
        const area = areaAround(near, seed, radius, features, places);
        if (area !== null) areas.push(area);
      }
    }
  }
  return areas;
}

function openingsByKind(happenings: readonly Happening[], places: PlaceIndex): Map<number, Opening[]> {
  const byKind = new Map<number, Opening[]>();
  happenings.forEach(({ conditions }, happening) => {
    let begin = Number.POSITIVE_INFINITY;
    for (const { startedAt } of conditions) if (startedAt < begin) begin = startedAt;
    const seen = new Set<number>();
    for (const { entity, entityType, kind, startedAt } of conditions) {
      if (startedAt - begin > openingMs || seen.has(kind) || !places.isPlaced(entity)) continue;
      seen.add(kind);
      const opening = { happening, entity, entityType, at: startedAt };
      const list = byKind.get(kind);
      if (list === undefined) byKind.set(kind, [opening]);
      else list.push(opening);
    }
  });
  return byKind;
}

function areaAround(
  near: readonly Opening[],
  seed: Opening,
  radius: number,
  features: Features,
  places: PlaceIndex,
): Area | null {
  const members = near.filter(({ entity }) => places.kilometres(seed.entity, entity) <= radius);
  if (members.length < leastAlike) return null;
  const hit = new Set(members.map(({ entity }) => entity)).size;
  const share = choiceCost(hit, Math.max(hit, places.countAround(seed.entity, seed.entityType, radius))) / hit;
  const clears = members.map(({ happening }) => features.clearedAt[happening] ?? Number.POSITIVE_INFINITY);
  const known = clears.filter((time) => time !== Number.POSITIVE_INFINITY);
  const clearedAt = middleOf(known, clears.length - known.length);
  const costs = members.map(({ at }, number) => {
    const before = at - (members[number - 1]?.at ?? Number.NEGATIVE_INFINITY);
    const after = (members[number + 1]?.at ?? Number.POSITIVE_INFINITY) - at;
    return share + spreadCost(Math.min(before, after)) + burstCost + endingCost(clears[number] ?? 0, clearedAt);
  });
  return { startedAt: members[0]?.at ?? 0, members: members.map(({ happening }) => happening), costs };
}
