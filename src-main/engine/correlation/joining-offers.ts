import { choiceCost, spreadCost } from '#engine/correlation/code-length.ts';
import type { Weights } from '#engine/correlation/evidence.ts';
import { endingCost, type Features, middleOf } from '#engine/correlation/happening-features.ts';
import type { Tie, Ties, Word } from '#engine/correlation/happening-ties.ts';
import { type Influence, reachCount, reaches } from '#engine/correlation/influence.ts';
import type { JoiningLags, Moment } from '#engine/correlation/joining-lags.ts';

/** How long before its cause a consequence may seem to come, for clocks that are off, milliseconds. */
const slackMs = 120_000;
/** What a cause brings later than this is no longer laid at its door, milliseconds. */
const longestMs = 3_600_000;
/** Silent causes are looked for where most happenings begin within so many milliseconds. */
const momentMs = 120_000;
/** Nats of following the one before within a burst, besides the time between. */
const burstCost = 1;
/** Nats that must be gained against standing alone. */
export const leastGain = 2;

/** An entity that may be the cause of several happenings, or of others besides the one in which it alarms. */
export interface Offer extends Moment {
  /** Nats of assuming it. */
  readonly fixedCost: number;
  /** When most of what it brought was cleared. */
  readonly clearedAt: number;
  readonly ties: readonly Tie[];
}

/** What an offer asks for each of its ties, parallel to `ties`. */
export interface PricedOffer extends Offer {
  readonly costs: readonly number[];
}

/** Every entity that could be behind several happenings, with what each would cost under it. */
export function makeOffers(
  ties: Ties,
  features: Features,
  influence: Influence,
  lags: JoiningLags,
  weights: Weights,
): PricedOffer[] {
  const offers: PricedOffer[] = [];
  for (const [root, list] of ties.byCause) {
    const words = ties.words.get(root);
    if (words === undefined && (list.length < 2 || influence.isPlace(root))) continue;
    list.sort((left, right) => (features.startedAt[left.happening] ?? 0) - (features.startedAt[right.happening] ?? 0));
    for (const word of words ?? silentMoment(list, features)) {
      const inTime = list.filter((tie) => fits(tie, word, features));
      if (inTime.length < (word.happening < 0 ? 2 : 1)) continue;
      const clears = inTime.map(({ happening }) => features.clearedAt[happening] ?? Number.POSITIVE_INFINITY);
      const known = clears.filter((time) => time !== Number.POSITIVE_INFINITY);
      const offer: Offer = {
        root,
        startedAt: word.at,
        owner: word.happening,
        fixedCost: word.happening < 0 ? weights.faultCost + weights.silentCost : 0,
        clearedAt:
          word.happening < 0
            ? middleOf(known, clears.length - known.length)
            : (features.clearedAt[word.happening] ?? Number.POSITIVE_INFINITY),
        ties: inTime,
      };
      offers.push({ ...offer, costs: priceTies(offer, features, influence, lags) });
    }
  }
  return offers;
}

/** The beginning of the moment at which most of the happenings began; none where they have none in common. */
function silentMoment(list: readonly Tie[], { startedAt }: Features): Word[] {
  let most = 1;
  let at = -1;
  let to = 0;
  for (let from = 0; from < list.length; from += 1) {
    const begin = startedAt[list[from]?.happening ?? 0] ?? 0;
    while (to < list.length && (startedAt[list[to]?.happening ?? 0] ?? 0) - begin <= momentMs) to += 1;
    if (to - from <= most) continue;
    most = to - from;
    at = begin;
  }
  return at < 0 ? [] : [{ happening: -1, at }];
}

function fits({ happening }: Tie, word: Word, { startedAt, endedAt }: Features): boolean {
  if (happening === word.happening) return false;
  const begin = startedAt[happening] ?? 0;
  const lag = begin - word.at;
  if (lag < -slackMs || lag > longestMs) return false;
  return word.happening < 0 || (endedAt[word.happening] ?? 0) >= begin - slackMs;
}

function priceTies(offer: Offer, features: Features, influence: Influence, lags: JoiningLags): number[] {
  const { root, ties } = offer;
  const branches = new Map<number, number>();
  const ends = new Set<number>();
  const ofKind = new Map<number, number>();
  const ofType = new Map<number, number>();
  for (const { happening, branch, reach } of ties) {
    if (reach === reaches.beside) ends.add(branch);
    else branches.set(branch, (branches.get(branch) ?? 0) + 1);
    const kind = features.kind[happening] ?? 0;
    ofKind.set(kind, (ofKind.get(kind) ?? 0) + 1);
    const type = features.rootType[happening] ?? -1;
    ofType.set(type, (ofType.get(type) ?? 0) + 1);
  }
  const perBranch = shareOfChoice(branches.size, influence.branchCount(root));
  const perEnd = shareOfChoice(ends.size, influence.linkCount(root));
  const lastOfKind = new Map<number, number>();
  return ties.map(({ happening, reach, strain, branch }) => {
    const begin = features.startedAt[happening] ?? 0;
    const kind = features.kind[happening] ?? 0;
    const type = features.rootType[happening] ?? -1;
    const before = lastOfKind.get(kind);
    lastOfKind.set(kind, begin);
    const burst = before === undefined ? Number.POSITIVE_INFINITY : spreadCost(begin - before) + burstCost;
    let coverage = reach === reaches.beside ? perEnd : perBranch;
    if (reach === reaches.below) {
      const alike = shareOfChoice(ofType.get(type) ?? 1, influence.reachable(root * reachCount, type));
      coverage = Math.max(alike, coverage / Math.sqrt(branches.get(branch) ?? 1));
    }
    return (
      strain +
      coverage +
      Math.min(lags.costOf(offer, happening, begin), burst) +
      endingCost(features.clearedAt[happening] ?? 0, offer.clearedAt) +
      Math.log((ties.length + 1) / ((ofKind.get(kind) ?? 0) + 0.5))
    );
  });
}

/** What each of the `hit` pays for telling which of `all` they are. */
function shareOfChoice(hit: number, all: number): number {
  return hit === 0 ? 0 : choiceCost(hit, Math.max(hit, all)) / hit;
}
