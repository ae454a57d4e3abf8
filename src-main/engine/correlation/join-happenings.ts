import { chooseFaults } from '#engine/correlation/choose-faults.ts';
import type { CauseRule } from '#engine/correlation/correlator.ts';
import type { Weights } from '#engine/correlation/evidence.ts';
import type { Happening } from '#engine/correlation/explain-levels.ts';
import { describeHappenings, type Features } from '#engine/correlation/happening-features.ts';
import { tieHappenings } from '#engine/correlation/happening-ties.ts';
import type { Influence } from '#engine/correlation/influence.ts';
import { createJoiningLags } from '#engine/correlation/joining-lags.ts';
import { leastGain, makeOffers, type PricedOffer } from '#engine/correlation/joining-offers.ts';
import { reassignHappenings } from '#engine/correlation/reassign-happenings.ts';
import type { TopologyIndex } from '#engine/correlation/topology-index.ts';

/**
 * Joins happenings that have a cause in common: a supplier that stands in alarm in one of them (mains that are gone, then,
 * when the battery is empty, the dark), or a hub that several of them share. None is torn apart.
 */
export function joinHappenings(
  happenings: readonly Happening[],
  topology: TopologyIndex,
  influence: Influence,
  learnedCauses: readonly CauseRule[],
  weights: Weights,
): Happening[] {
  if (happenings.length < 2) return [...happenings];
  const lags = createJoiningLags(happenings, influence, learnedCauses);
  const features = describeHappenings(happenings, topology);
  const offers = makeOffers(tieHappenings(happenings), features, influence, lags, weights);
  const worst = weights.faultCost - leastGain;
  const chosen = chooseOffers(happenings.length, offers, worst, weights);
  reassignHappenings(chosen, offers, features, influence, lags, worst, weights);
  breakCircles(chosen, offers, features);
  return gather(happenings, chosen, offers);
}

/** The offers that save most, by the rule that chooses faults. What costs more than `worst` stands for itself. */
function chooseOffers(count: number, offers: readonly PricedOffer[], worst: number, weights: Weights): Int32Array {
  const items: number[] = [];
  const costs: number[] = [];
  const candidates = offers.map(({ root, startedAt, owner, fixedCost, ties, costs: asked }) => {
    const begin = items.length;
    const worthwhile = ties
      .map(({ happening }, at) => ({ happening, cost: asked[at] ?? Number.POSITIVE_INFINITY }))
      .filter(({ cost }) => cost < worst)
      .sort((left, right) => left.cost - right.cost);
    if (owner >= 0 || worthwhile.length >= 2) {
      for (const { happening, cost } of worthwhile) {
        items.push(happening);
        costs.push(cost);
      }
    }
    return { root, startedAt, fixedCost, silent: owner < 0, begin, end: items.length };
  });
  const priced = { candidates, items: Int32Array.from(items), costs: Float32Array.from(costs) };
  return chooseFaults(count, priced, weights.faultCost);
}

/** Where happenings explain each other in a circle, the earliest of them stands for itself. */
function breakCircles(chosen: Int32Array, offers: readonly PricedOffer[], { startedAt }: Features): void {
  const seen = new Uint8Array(chosen.length);
  for (let first = 0; first < chosen.length; first += 1) {
    const path: number[] = [];
    let at = first;
    while (at >= 0 && seen[at] === 0) {
      seen[at] = 1;
      path.push(at);
      at = ownerOf(chosen, offers, at);
    }
    if (at >= 0 && seen[at] === 1) {
      let earliest = at;
      for (let on = ownerOf(chosen, offers, at); on !== at; on = ownerOf(chosen, offers, on)) {
        if ((startedAt[on] ?? 0) < (startedAt[earliest] ?? 0)) earliest = on;
      }
      chosen[earliest] = -1;
    }
    for (const done of path) seen[done] = 2;
  }
}

/** The happening above: the one in which its cause alarms; -1 where the cause is silent or there is none. */
function ownerOf(chosen: Int32Array, offers: readonly PricedOffer[], happening: number): number {
  return offers[chosen[happening] ?? -1]?.owner ?? -1;
}

/** One happening for each tree. */
function gather(happenings: readonly Happening[], chosen: Int32Array, offers: readonly PricedOffer[]): Happening[] {
  const trees = new Map<Happening | PricedOffer, Happening[]>();
  happenings.forEach((happening, number) => {
    let top = number;
    for (let above = ownerOf(chosen, offers, top); above >= 0; above = ownerOf(chosen, offers, top)) top = above;
    const head = offers[chosen[top] ?? -1] ?? happenings[top] ?? happening;
    const tree = trees.get(head);
    if (tree === undefined) trees.set(head, [happening]);
    else tree.push(happening);
  });
  return [...trees].map(([head, parts]): Happening => {
    const conditions = parts.length === 1 ? (parts[0]?.conditions ?? []) : parts.flatMap((part) => part.conditions);
    if ('conditions' in head) return { ...head, conditions };
    return { root: head.root, startedAt: head.startedAt, silent: true, conditions };
  });
}
