import { fitCausalOrder, type OrderVote } from './causal-order.ts';
import { attributedTotal, type CauseStatistics, type PairStatistics, pairKey } from './cause-statistics.ts';
import { expectedHits, logPoissonTail } from './chance.ts';
import { binCount, medianLag } from './lag-bins.ts';
import type { RelatedEntities } from './related-entities.ts';

/** One alarm type tends to bring another. */
export interface LearnedCause {
  readonly cause: string;
  readonly effect: string;
  /** Median lag in seconds. */
  readonly lagSeconds: number;
  /** Effects that had the cause within five minutes before them, on the same entity or one link away. */
  readonly support: number;
  /** How many would have had it by chance. */
  readonly expected: number;
  /** Probability that this is so, 0 to 1. */
  readonly confidence: number;
}

/** Two types that have to do with each other; `forward` is the direction from the smaller number to the larger. */
interface Tie {
  readonly left: number;
  readonly right: number;
  /** Log-likelihood in nats that the tie is worth, its price deducted. */
  readonly worth: number;
  /** Evidence for left before right, 0 to 1. */
  readonly forward: number;
  /** Whether left explains more of right per occurrence than right of left. */
  readonly leftExplainsMore: boolean;
}

/** Family-wise error over all pairs of types. */
const chanceOfError = 0.05;

/** Share of a pair's support that chance would give anyway, up to which the order of all types needs no second witness. */
const mostCoincidence = 0.1;

/** Likelihood gained by letting `pair.cause` excite `pair.effect`: what leaving it out would lose, less what it costs. */
function gainOf(pair: PairStatistics | undefined): number {
  return pair === undefined ? 0 : Math.max(0, pair.explained - attributedTotal(pair));
}

function shareOf(left: number, right: number): number {
  return left + right === 0 ? 0.5 : left / (left + right);
}

function isBeyondChance(pair: PairStatistics | undefined, expected: number, threshold: number): boolean {
  return pair !== undefined && pair.hits >= 1 && logPoissonTail(Math.floor(pair.hits), expected) < threshold;
}

function findTies(statistics: CauseStatistics, expected: (cause: number, effect: number) => number): Tie[] {
  const { pairs, types } = statistics;
  const price = Math.log(Math.max(2, statistics.alarms)) / 2;
  const threshold = Math.log(chanceOfError / Math.max(1, types.length * (types.length - 1)));
  const ties: Tie[] = [];
  const done = new Set<number>();
  for (const { cause, effect } of pairs.values()) {
    const [left, right] = [Math.min(cause, effect), Math.max(cause, effect)];
    const key = pairKey(left, right);
    if (left === right || done.has(key)) continue;
    done.add(key);
    const there = pairs.get(key);
    const back = pairs.get(pairKey(right, left));
    const [gainThere, gainBack] = [gainOf(there), gainOf(back)];
    const worth = gainThere + gainBack - price;
    if (worth <= 0) continue;
    const isReal =
      isBeyondChance(there, expected(left, right), threshold) || isBeyondChance(back, expected(right, left), threshold);
    if (!isReal) continue;
    ties.push({
      left,
      right,
      worth,
      forward: shareOf(gainThere, gainBack),
      leftExplainsMore: gainThere * (types[left]?.count ?? 0) > gainBack * (types[right]?.count ?? 0),
    });
  }
  return ties.sort((one, other) => pairKey(one.left, one.right) - pairKey(other.left, other.right));
}

/**
 * The pairs that learning would act on, surest first. A tie must be worth its price in likelihood (Schwarz 1978) and be beyond
 * chance over all pairs asked; its direction comes from the order of all types. Where that order does not foretell what it has
 * not seen, or much of the support is coincidence, a direction needs a second witness: occurrence by occurrence, the cause
 * explains more of the effect than the effect of the cause.
 */
export function judgeCauses(statistics: CauseStatistics, related: RelatedEntities): LearnedCause[] {
  const expected = expectedHits(statistics, related);
  const ties = findTies(statistics, expected);
  const votes: OrderVote[] = ties.map(({ left, right, forward }) => ({ left, right, forward }));
  const order = fitCausalOrder(statistics.types.length, votes);
  const learned: LearnedCause[] = [];
  for (const tie of ties) {
    const ahead = (order.heights[tie.left] ?? 0) - (order.heights[tie.right] ?? 0);
    if (ahead === 0) continue;
    const isForward = ahead > 0;
    const hasWitness = isForward === tie.leftExplainsMore;
    const [cause, effect] = isForward ? [tie.left, tie.right] : [tie.right, tie.left];
    const own = isForward ? tie.forward : 1 - tie.forward;
    const pair = statistics.pairs.get(pairKey(cause, effect));
    const names = [statistics.types[cause]?.name, statistics.types[effect]?.name] as const;
    if (names[0] === undefined || names[1] === undefined) continue;
    const isPure = expected(cause, effect) <= mostCoincidence * (pair?.hits ?? 0);
    if (!hasWitness && !(order.isTrusted && isPure)) continue;
    learned.push({
      cause: names[0],
      effect: names[1],
      lagSeconds: pair === undefined ? 0 : lagOf(pair),
      support: pair?.hits ?? 0,
      expected: expected(cause, effect),
      confidence: (1 - Math.exp(-tie.worth)) * directionConfidence(order.accuracy, own),
    });
  }
  return learned.sort(
    (one, other) =>
      other.confidence - one.confidence || other.support - one.support || (one.cause < other.cause ? -1 : 1),
  );
}

/** The order's proven accuracy and the pair's own evidence as independent witnesses; own evidence never counts more than 9 to 1. */
function directionConfidence(accuracy: number, own: number): number {
  const proven = Math.min(0.95, Math.max(0.5, accuracy));
  const limited = Math.min(0.9, Math.max(0.1, own));
  const odds = (proven / (1 - proven)) * (limited / (1 - limited));
  return odds / (1 + odds);
}

function lagOf(pair: PairStatistics): number {
  const histogram = new Float64Array(binCount);
  for (const [slot, share] of pair.attributed.entries()) {
    histogram[slot % binCount] = (histogram[slot % binCount] ?? 0) + share;
  }
  return medianLag(histogram);
}
