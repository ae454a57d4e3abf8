import { type CauseStatistics, observedSeconds } from './cause-statistics.ts';
import { longestLag } from './lag-bins.ts';
import type { RelatedEntities } from './related-entities.ts';

/** How often an effect would have the cause before it if the two had nothing to do with each other. */
export type ExpectedHits = (cause: number, effect: number) => number;

/**
 * Expected hits for every pair: each entity raises each type at its own constant rate, and an effect is hit when at least one
 * cause falls into the longest lag before it, on the same entity or a neighbour.
 */
export function expectedHits(statistics: CauseStatistics, related: RelatedEntities): ExpectedHits {
  const expected = new Map<number, Map<number, number>>();
  const span = Math.min(1, longestLag / observedSeconds(statistics));
  for (const [entityId, here] of statistics.usual) {
    const around = new Map([...here].map(([type, usual]) => [type, usual.count]));
    for (const neighbour of related(entityId)) {
      for (const [type, { count }] of statistics.usual.get(neighbour) ?? [])
        around.set(type, (around.get(type) ?? 0) + count);
    }
    for (const [cause, causes] of around) {
      const chance = 1 - Math.exp(-causes * span);
      let row = expected.get(cause);
      if (row === undefined) {
        row = new Map();
        expected.set(cause, row);
      }
      for (const [effect, { count }] of here) row.set(effect, (row.get(effect) ?? 0) + count * chance);
    }
  }
  return (cause, effect) => expected.get(cause)?.get(effect) ?? 0;
}

/** Logarithm of n!, exact to nine digits: Stirling's series from 20 on. */
function logFactorial(n: number): number {
  if (n < 20) {
    let product = 1;
    for (let factor = 2; factor <= n; factor++) product *= factor;
    return Math.log(product);
  }
  return n * Math.log(n) - n + 0.5 * Math.log(2 * Math.PI * n) + 1 / (12 * n);
}

/** Logarithm of the probability that a Poisson variable of this mean reaches `count`, a whole number from 1 on. */
export function logPoissonTail(count: number, mean: number): number {
  if (mean <= 0) return Number.NEGATIVE_INFINITY;
  if (count <= mean) return 0;
  // Above the mean the terms fall off at least geometrically.
  let sum = 1;
  let term = 1;
  for (let step = count + 1; term > 1e-12 * sum && step < count + 10_000; step++) {
    term *= mean / step;
    sum += term;
  }
  return Math.min(0, count * Math.log(mean) - mean - logFactorial(count) + Math.log(sum));
}
