import { spreadCost, stageCost } from '#engine/correlation/code-length.ts';
import type { Condition } from '#engine/correlation/conditions.ts';
import type { Weights } from '#engine/correlation/evidence.ts';
import type { Happening } from '#engine/correlation/explain-levels.ts';
import { type Influence, reachCount, reaches } from '#engine/correlation/influence.ts';

/** What a happening has brought of one kind. */
interface Pattern {
  /** Milliseconds since the epoch, ascending. */
  readonly times: number[];
  readonly reach: number;
}

const rounds = 4;
/** Nats by which another happening must be better before a condition changes over. */
const loyalty = 0.5;
/** Counted besides the others of a kind, so that a first one is not impossible. */
const firstOfKind = 0.3;

/**
 * Lets every condition choose among the happenings once all are known: the one whose other members make it most likely,
 * in time and in how many alike entities feel it. What is left of a happening that everybody leaves is gone.
 */
export function refineHappenings(
  happenings: readonly Happening[],
  influence: Influence,
  weights: Weights,
): Happening[] {
  const members: Condition[][] = happenings.map(({ conditions }) => [...conditions]);
  const byRoot = new Map<number, number[]>();
  happenings.forEach(({ root, conditions }, at) => {
    if (conditions.length < 2) return;
    const list = byRoot.get(root);
    if (list === undefined) byRoot.set(root, [at]);
    else list.push(at);
  });
  for (let round = 0; round < rounds; round += 1) {
    const patterns = members.map(patternsOf);
    const next: Condition[][] = happenings.map(() => []);
    let changed = false;
    members.forEach((conditions, at) => {
      for (const condition of conditions) {
        const better = choose(condition, at, happenings, byRoot, patterns, influence, weights);
        next[better]?.push(condition);
        if (better !== at) changed = true;
      }
    });
    next.forEach((list, at) => {
      members[at] = list;
    });
    if (!changed) break;
  }
  return happenings.flatMap((happening, at) => {
    const conditions = members[at] ?? [];
    return conditions.length === 0 ? [] : [{ ...happening, conditions }];
  });
}

function patternsOf(conditions: readonly Condition[]): Map<number, Pattern> {
  const patterns = new Map<number, Pattern>();
  for (const { kind, startedAt } of conditions) {
    const pattern = patterns.get(kind);
    if (pattern === undefined) patterns.set(kind, { times: [startedAt], reach: reaches.below });
    else pattern.times.push(startedAt);
  }
  for (const { times } of patterns.values()) times.sort((left, right) => left - right);
  return patterns;
}

function choose(
  condition: Condition,
  current: number,
  happenings: readonly Happening[],
  byRoot: ReadonlyMap<number, readonly number[]>,
  patterns: readonly ReadonlyMap<number, Pattern>[],
  influence: Influence,
  weights: Weights,
): number {
  const { codes, strain } = condition.causes;
  let best = current;
  let least = Number.POSITIVE_INFINITY;
  let own = Number.POSITIVE_INFINITY;
  for (let at = 0; at < codes.length; at += 1) {
    const code = codes[at] ?? 0;
    for (const candidate of byRoot.get(Math.floor(code / reachCount)) ?? []) {
      const happening = happenings[candidate];
      if (happening === undefined) continue;
      const times = patterns[candidate]?.get(condition.kind)?.times ?? [];
      const inside = candidate === current ? 1 : 0;
      const others = times.length - inside;
      const certain = condition.entity === happening.root || code % reachCount === reaches.named;
      const possible = certain
        ? 1
        : Math.max(others + 1, influence.reachable(code, condition.entityType) * condition.share);
      const rarity = Math.log(possible + 1) - Math.log(Math.min(possible, others + firstOfKind));
      const apart =
        others > 0
          ? spreadCost(nearest(times, condition.startedAt, inside))
          : stageCost(condition.startedAt - happening.startedAt, happening.silent);
      const cost = (strain[at] ?? 0) + (weights.reachCosts[code % reachCount] ?? 0) + rarity + apart;
      if (candidate === current) own = Math.min(own, cost);
      if (cost < least) {
        least = cost;
        best = candidate;
      }
    }
  }
  // One that hangs on a fault within its happening is not tied to the root directly: it leaves only for a clear gain.
  const stay = own === Number.POSITIVE_INFINITY ? weights.faultCost / 2 : own;
  return least < stay - loyalty ? best : current;
}

/** Milliseconds to the nearest of the times, leaving out `skip` of those that are equal. */
function nearest(times: readonly number[], time: number, skip: number): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((times[middle] ?? 0) < time) low = middle + 1;
    else high = middle;
  }
  const before = low > 0 ? time - (times[low - 1] ?? 0) : Number.POSITIVE_INFINITY;
  const from = low + skip;
  const after = from < times.length ? (times[from] ?? 0) - time : Number.POSITIVE_INFINITY;
  return Math.min(before, after);
}
