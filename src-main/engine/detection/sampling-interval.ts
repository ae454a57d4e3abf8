/** How often a series is sampled: the median of the last distances, so that gaps and doubles do not matter. */
export interface SamplingInterval {
  /** Milliseconds; 0 until it is known. */
  length: number;
  readonly distances: number[];
}

const firstKnownAfter = 8;
const reconsideredEvery = 64;
const distancesKept = 16;

export function createSamplingInterval(): SamplingInterval {
  return { length: 0, distances: [] };
}

/** Notes the distance from the sample before, ms, after `seen` samples; true at the moment when the interval becomes known. */
export function noteTime(interval: SamplingInterval, distance: number, seen: number): boolean {
  if (distance > 0) {
    interval.distances.push(distance);
    if (interval.distances.length > distancesKept) interval.distances.shift();
  }
  const isDue = interval.length === 0 ? seen >= firstKnownAfter : seen % reconsideredEvery === 0;
  if (!isDue || interval.distances.length === 0) return false;
  const wasUnknown = interval.length === 0;
  const sorted = interval.distances.toSorted((left, right) => left - right);
  interval.length = sorted[sorted.length >> 1] ?? 0;
  return wasUnknown && interval.length > 0;
}
