import { spreadCost } from '#engine/correlation/code-length.ts';
import type { Weights } from '#engine/correlation/evidence.ts';
import { endingCost, type Features } from '#engine/correlation/happening-features.ts';
import type { Tie } from '#engine/correlation/happening-ties.ts';
import { type Influence, reachCount, reaches } from '#engine/correlation/influence.ts';
import type { JoiningLags } from '#engine/correlation/joining-lags.ts';
import type { Offer } from '#engine/correlation/joining-offers.ts';

const rounds = 4;
/** Nats of following the nearest of its kind, besides the time between. */
const burstCost = 1;
/** Nats by which another cause must be better. */
const loyalty = 0.3;
/** Counted besides the others of a kind, so that a first one is not impossible. */
const firstOfKind = 0.4;

/**
 * Lets every happening choose its cause anew by what the others under that cause are like, as long as anything changes.
 * What costs more than `worst` nats stands for itself. `chosen` holds the offer of each happening, -1 for none, and is changed in place.
 */
export function reassignHappenings(
  chosen: Int32Array,
  offers: readonly Offer[],
  features: Features,
  influence: Influence,
  lags: JoiningLags,
  worst: number,
  weights: Weights,
): void {
  for (let round = 0; round < rounds; round += 1) {
    const best = new Int32Array(chosen.length).fill(-1);
    const least = new Float64Array(chosen.length).fill(worst);
    for (const [at, members] of membersOf(chosen)) {
      const offer = offers[at];
      if (offer === undefined) continue;
      const pattern = patternOf(members, features);
      for (const tie of offer.ties) {
        const isMember = chosen[tie.happening] === at;
        const cost = costUnder(offer, tie, pattern, isMember, features, influence, lags) - (isMember ? loyalty : 0);
        if (cost >= (least[tie.happening] ?? 0)) continue;
        least[tie.happening] = cost;
        best[tie.happening] = at;
      }
    }
    dropWhatDoesNotPay(best, least, offers, weights);
    let changed = false;
    for (let at = 0; at < chosen.length; at += 1) if (chosen[at] !== best[at]) changed = true;
    if (!changed) return;
    chosen.set(best);
  }
}

function membersOf(chosen: Int32Array): Map<number, number[]> {
  const members = new Map<number, number[]>();
  chosen.forEach((at, happening) => {
    if (at < 0) return;
    const list = members.get(at);
    if (list === undefined) members.set(at, [happening]);
    else list.push(happening);
  });
  return members;
}

interface Pattern {
  readonly count: number;
  /** When those of each kind began, ascending. */
  readonly times: ReadonlyMap<number, readonly number[]>;
  readonly typeCounts: ReadonlyMap<number, number>;
}

function patternOf(members: readonly number[], { kind, rootType, startedAt }: Features): Pattern {
  const times = new Map<number, number[]>();
  const typeCounts = new Map<number, number>();
  for (const happening of members) {
    const list = times.get(kind[happening] ?? 0);
    if (list === undefined) times.set(kind[happening] ?? 0, [startedAt[happening] ?? 0]);
    else list.push(startedAt[happening] ?? 0);
    const type = rootType[happening] ?? -1;
    typeCounts.set(type, (typeCounts.get(type) ?? 0) + 1);
  }
  for (const list of times.values()) list.sort((left, right) => left - right);
  return { count: members.length, times, typeCounts };
}

const noTimes: readonly number[] = [];

function costUnder(
  offer: Offer,
  { happening, reach, strain }: Tie,
  pattern: Pattern,
  isMember: boolean,
  features: Features,
  influence: Influence,
  lags: JoiningLags,
): number {
  const own = isMember ? 1 : 0;
  const begin = features.startedAt[happening] ?? 0;
  const type = features.rootType[happening] ?? -1;
  const times = pattern.times.get(features.kind[happening] ?? 0) ?? noTimes;
  const alike = times.length - own;
  const hit = (pattern.typeCounts.get(type) ?? 0) + 1 - own;
  const possible =
    reach === reaches.beside
      ? influence.linkCount(offer.root)
      : influence.reachable(offer.root * reachCount + reach, type);
  const burst = alike <= 0 ? Number.POSITIVE_INFINITY : spreadCost(nearest(times, begin, isMember)) + burstCost;
  return (
    strain +
    Math.log((Math.max(hit, possible) + 1) / hit) +
    Math.min(lags.costOf(offer, happening, begin), burst) +
    endingCost(features.clearedAt[happening] ?? 0, offer.clearedAt) +
    Math.log((pattern.count - own + 1) / (alike + firstOfKind))
  );
}

/** Takes back the choice of causes that cost more to assume than they save. */
function dropWhatDoesNotPay(best: Int32Array, least: Float64Array, offers: readonly Offer[], weights: Weights): void {
  const saved = new Float64Array(offers.length);
  const sizes = new Int32Array(offers.length);
  best.forEach((at, happening) => {
    if (at < 0) return;
    saved[at] = (saved[at] ?? 0) + weights.faultCost - (least[happening] ?? 0);
    sizes[at] = (sizes[at] ?? 0) + 1;
  });
  best.forEach((at, happening) => {
    const offer = offers[at];
    if (offer === undefined) return;
    const isTooLittle = (saved[at] ?? 0) < offer.fixedCost || (offer.owner < 0 && (sizes[at] ?? 0) < 2);
    if (isTooLittle) best[happening] = -1;
  });
}

/** Milliseconds to the nearest of the times, leaving out the happening's own. */
function nearest(times: readonly number[], time: number, isMember: boolean): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((times[middle] ?? 0) < time) low = middle + 1;
    else high = middle;
  }
  const after = (times[low + (isMember ? 1 : 0)] ?? Number.POSITIVE_INFINITY) - time;
  const before = low > 0 ? time - (times[low - 1] ?? 0) : Number.POSITIVE_INFINITY;
  return Math.min(after, before);
}
