import type { Happening } from '#engine/correlation/explain-levels.ts';
import type { TopologyIndex } from '#engine/correlation/topology-index.ts';

/** Nats for ending together or apart: alarms of one fault are cleared by one repair. */
const clearedTogether = -3;
const clearedSoonAfter = -0.5;
const clearedApart = 1.5;
const clearedAlone = 1;
const togetherMs = 90_000;
const soonMs = 300_000;

/** What the joining of happenings looks at, by the position of the happening. */
export interface Features {
  readonly startedAt: Float64Array;
  /** Its last alarm's clear; Infinity while something of it stands. */
  readonly endedAt: Float64Array;
  /** The median of its clears; Infinity while most of it stands. */
  readonly clearedAt: Float64Array;
  /** What its root says, or what most of it says. */
  readonly kind: Int32Array;
  /** Type of its root; -1 where the topology does not know it. */
  readonly rootType: Int32Array;
}

export function describeHappenings(happenings: readonly Happening[], topology: TopologyIndex): Features {
  const count = happenings.length;
  const features: Features = {
    startedAt: new Float64Array(count),
    endedAt: new Float64Array(count),
    clearedAt: new Float64Array(count),
    kind: new Int32Array(count),
    rootType: new Int32Array(count),
  };
  happenings.forEach((happening, at) => {
    const { root } = happening;
    features.startedAt[at] = happening.startedAt;
    features.rootType[at] = root < topology.count ? (topology.types[root] ?? 0) : -1;
    features.kind[at] = kindOf(happening);
    const clears: number[] = [];
    let standing = 0;
    for (const { alarms } of happening.conditions) {
      const last = alarms[alarms.length - 1];
      if (last === undefined || !last.cleared) standing += 1;
      else clears.push(last.lastSeenAt);
    }
    features.clearedAt[at] = middleOf(clears, standing);
    features.endedAt[at] = standing > 0 ? Number.POSITIVE_INFINITY : Math.max(...clears);
  });
  return features;
}

/** What its root says; below zero, what most of it says where the root is silent. */
function kindOf({ root, conditions }: Happening): number {
  const counts = new Map<number, number>();
  let best = 0;
  let most = 0;
  for (const { entity, kind } of conditions) {
    if (entity === root) return kind;
    const count = (counts.get(kind) ?? 0) + 1;
    counts.set(kind, count);
    if (count > most || (count === most && kind < best)) {
      most = count;
      best = kind;
    }
  }
  return -1 - best;
}

/** The median of the times; Infinity where more than half are still to come. */
export function middleOf(times: number[], missing: number): number {
  if (times.length < missing || times.length === 0) return Number.POSITIVE_INFINITY;
  times.sort((left, right) => left - right);
  return times[times.length >> 1] ?? Number.POSITIVE_INFINITY;
}

/** Nats for two happenings with these clears being one; 0 while both stand. */
export function endingCost(left: number, right: number): number {
  const leftStands = left === Number.POSITIVE_INFINITY;
  const rightStands = right === Number.POSITIVE_INFINITY;
  if (leftStands && rightStands) return 0;
  if (leftStands || rightStands) return clearedAlone;
  const apart = Math.abs(left - right);
  if (apart < togetherMs) return clearedTogether;
  return apart < soonMs ? clearedSoonAfter : clearedApart;
}
