import type { Happening } from '#engine/correlation/explain-levels.ts';
import { reachCount } from '#engine/correlation/influence.ts';

/** A cause must account for this share of the entities of a happening to be its cause. */
const leastCover = 0.6;
/** Nats for what a cause leaves unexplained, as a share of the entities. */
const uncoveredCost = 4;
/** Nats for each way of reaching, in the order of `reaches`. */
const reachCosts = [0, 0.5, 1.5, 0, 0.5, 1];

/** A happening that one entity could have brought about as a whole. */
export interface Tie {
  /** Position of the happening. */
  readonly happening: number;
  readonly reach: number;
  /** Nats for the way from the cause, and for what it does not account for. */
  readonly strain: number;
  /** The entity next to the cause through which it reaches the happening. */
  readonly branch: number;
}

/** A moment at which an entity alarmed itself, as part of a happening. */
export interface Word {
  readonly happening: number;
  readonly at: number;
}

export interface Ties {
  /** What each entity could have brought about, in the order of the happenings. */
  readonly byCause: ReadonlyMap<number, Tie[]>;
  /** What each alarming entity said itself. */
  readonly words: ReadonlyMap<number, Word[]>;
}

interface Cover {
  count: number;
  reach: number;
  strain: number;
  branch: number;
}

/** Finds, for every entity, the happenings of which it could be the cause. */
export function tieHappenings(happenings: readonly Happening[]): Ties {
  const byCause = new Map<number, Tie[]>();
  const words = new Map<number, Word[]>();
  happenings.forEach(({ conditions }, happening) => {
    const first = new Map<number, number>();
    for (const { entity, startedAt } of conditions) {
      const known = first.get(entity);
      if (known === undefined || startedAt < known) first.set(entity, startedAt);
    }
    for (const [entity, at] of first) append(words, entity, { happening, at });
    for (const [cause, cover] of coversOf(conditions, first.size)) {
      const missing = 1 - cover.count / first.size;
      const { reach, branch } = cover;
      append(byCause, cause, { happening, reach, strain: cover.strain + uncoveredCost * missing, branch });
    }
  });
  return { byCause, words };
}

/** Every cause of enough of the entities, with the easiest way from it. */
function coversOf(conditions: Happening['conditions'], entityCount: number): Map<number, Cover> {
  const covers = new Map<number, Cover>();
  const least = leastCover * entityCount;
  const seen = new Set<number>();
  for (const { entity, causes } of conditions) {
    if (seen.has(entity)) continue;
    seen.add(entity);
    // One that the first so many do not share can no longer account for enough.
    const canStart = entityCount - seen.size + 1 >= least;
    for (let at = 0; at < causes.codes.length; at += 1) {
      const code = causes.codes[at] ?? 0;
      const cause = Math.floor(code / reachCount);
      const reach = code % reachCount;
      const strain = (causes.strain[at] ?? 0) + (reachCosts[reach] ?? 0);
      const known = covers.get(cause);
      if (known === undefined) {
        if (canStart) covers.set(cause, { count: 1, reach, strain, branch: causes.via[at] ?? 0 });
        continue;
      }
      known.count += 1;
      if (strain >= known.strain) continue;
      known.strain = strain;
      known.reach = reach;
      known.branch = causes.via[at] ?? 0;
    }
  }
  for (const [cause, { count }] of covers) if (count < least) covers.delete(cause);
  return covers;
}

function append<V>(lists: Map<number, V[]>, key: number, value: V): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}
