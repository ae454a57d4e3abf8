import { spreadCost, stageCost } from '#engine/correlation/code-length.ts';
import type { Condition } from '#engine/correlation/conditions.ts';
import type { Weights } from '#engine/correlation/evidence.ts';
import type { Happening } from '#engine/correlation/explain-levels.ts';
import { type Influence, reachCount, reaches } from '#engine/correlation/influence.ts';

const rounds = 3;
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
  const choices = listChoices(happenings, influence, weights);
  const owner = Int32Array.from(choices.owner);
  for (let round = 0; round < rounds; round += 1) {
    const patterns = patternsOf(choices, owner);
    let changed = 0;
    for (let item = 0; item < choices.conditions.length; item += 1) {
      const better = choose(item, owner[item] ?? 0, choices, patterns, happenings, weights);
      if (better === owner[item]) continue;
      choices.next[item] = better;
      changed += 1;
    }
    if (changed === 0) break;
    owner.set(choices.next);
  }
  const members: Condition[][] = happenings.map(() => []);
  choices.conditions.forEach((condition, item) => {
    members[owner[item] ?? 0]?.push(condition);
  });
  return happenings.flatMap((happening, at) => {
    const conditions = members[at] ?? [];
    return conditions.length === 0 ? [] : [{ ...happening, conditions }];
  });
}

/** What each condition can choose from: the same in every round. */
interface Choices {
  readonly conditions: readonly Condition[];
  /** The happening that each condition starts in, and the one that it chose last. */
  readonly owner: readonly number[];
  readonly next: Int32Array;
  /** Those of item `i` stand at `starts[i]` to `starts[i + 1] - 1`. */
  readonly starts: Int32Array;
  readonly happening: readonly number[];
  /** Cost of the way from root to condition. */
  readonly way: readonly number[];
  /** How many entities could say it. */
  readonly possible: readonly number[];
}

function listChoices(happenings: readonly Happening[], influence: Influence, weights: Weights): Choices {
  const conditions: Condition[] = [];
  const owner: number[] = [];
  let highest = 0;
  happenings.forEach((happening, at) => {
    if (happening.root > highest) highest = happening.root;
    for (const condition of happening.conditions) {
      conditions.push(condition);
      owner.push(at);
    }
  });
  // Happenings of one root hang together in a chain: the first by root, then from one to the next.
  const first = new Int32Array(highest + 1).fill(-1);
  const following = new Int32Array(happenings.length).fill(-1);
  happenings.forEach(({ root, conditions: members }, at) => {
    if (members.length < 2) return;
    following[at] = first[root] ?? -1;
    first[root] = at;
  });
  const starts = new Int32Array(conditions.length + 1);
  const happening: number[] = [];
  const way: number[] = [];
  const possible: number[] = [];
  conditions.forEach(({ causes, entity, entityType, share }, item) => {
    for (let at = 0; at < causes.codes.length; at += 1) {
      const code = causes.codes[at] ?? 0;
      const root = Math.floor(code / reachCount);
      if (root > highest) continue;
      for (let candidate = first[root] ?? -1; candidate >= 0; candidate = following[candidate] ?? -1) {
        const certain = entity === root || code % reachCount === reaches.named;
        happening.push(candidate);
        way.push((causes.strain[at] ?? 0) + (weights.reachCosts[code % reachCount] ?? 0));
        possible.push(certain ? 1 : influence.reachable(code, entityType) * share);
      }
    }
    starts[item + 1] = happening.length;
  });
  return { conditions, owner, next: Int32Array.from(owner), starts, happening, way, possible };
}

/** Times of each kind in each happening, ascending; keyed by happening and kind. */
type Patterns = ReadonlyMap<number, readonly number[]>;

function keyOf(happening: number, kind: number): number {
  return happening * 0x200000 + kind;
}

function patternsOf({ conditions }: Choices, owner: Int32Array): Patterns {
  const patterns = new Map<number, number[]>();
  conditions.forEach(({ kind, startedAt }, item) => {
    const key = keyOf(owner[item] ?? 0, kind);
    const times = patterns.get(key);
    if (times === undefined) patterns.set(key, [startedAt]);
    else times.push(startedAt);
  });
  for (const times of patterns.values()) if (times.length > 1) times.sort((left, right) => left - right);
  return patterns;
}

const noTimes: readonly number[] = [];

function choose(
  item: number,
  current: number,
  choices: Choices,
  patterns: Patterns,
  happenings: readonly Happening[],
  weights: Weights,
): number {
  const { starts, happening, way, possible } = choices;
  const condition = choices.conditions[item];
  const begin = starts[item] ?? 0;
  const end = starts[item + 1] ?? 0;
  if (condition === undefined || begin === end || (end - begin === 1 && happening[begin] === current)) return current;
  let best = current;
  let least = Number.POSITIVE_INFINITY;
  let own = Number.POSITIVE_INFINITY;
  for (let at = begin; at < end; at += 1) {
    const candidate = happening[at] ?? 0;
    const times = patterns.get(keyOf(candidate, condition.kind)) ?? noTimes;
    const inside = candidate === current ? 1 : 0;
    const others = times.length - inside;
    const all = Math.max(others + 1, possible[at] ?? 1);
    let cost = (way[at] ?? 0) + Math.log((all + 1) / Math.min(all, others + firstOfKind));
    if (cost >= least && candidate !== current) continue;
    if (others > 0) cost += spreadCost(nearest(times, condition.startedAt, inside));
    else {
      const fault = happenings[candidate];
      if (fault !== undefined) cost += stageCost(condition.startedAt - fault.startedAt, fault.silent);
    }
    if (candidate === current && cost < own) own = cost;
    if (cost < least) {
      least = cost;
      best = candidate;
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
