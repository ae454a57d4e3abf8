/** What two types say about which of them comes first: `forward` is 1 when all evidence says left before right, 0 for the reverse. */
export interface OrderVote {
  readonly left: number;
  readonly right: number;
  readonly forward: number;
}

export interface CausalOrder {
  /** Height of each type; causes stand higher. */
  readonly heights: Float64Array;
  /** Share of votes, each left out in turn, that the order of the others foretells. */
  readonly accuracy: number;
  /** Whether that is more than a coin would do, at one in a thousand. */
  readonly isTrusted: boolean;
}

/** Heights are normal with this precision beforehand: two strangers are two units apart, which is odds of 7 to 1. */
const precision = 0.25;
const mostRounds = 200;
const tolerance = 1e-6;
const folds = 50;
const significance = 0.001;

function logistic(value: number): number {
  return 1 / (1 + Math.exp(-value));
}

/** Bradley and Terry's model of paired comparisons (1952), fitted by Newton steps on one height at a time. */
function fitHeights(typeCount: number, votes: readonly OrderVote[]): Float64Array {
  const heights = new Float64Array(typeCount);
  const votesOf = new Map<number, OrderVote[]>();
  for (const vote of votes) {
    for (const type of [vote.left, vote.right]) {
      const list = votesOf.get(type);
      if (list === undefined) votesOf.set(type, [vote]);
      else list.push(vote);
    }
  }
  for (let round = 0; round < mostRounds; round++) {
    let largest = 0;
    for (const [type, own] of votesOf) {
      const height = heights[type] ?? 0;
      let slope = -precision * height;
      let curvature = precision;
      for (const { left, right, forward } of own) {
        const other = heights[type === left ? right : left] ?? 0;
        const expected = logistic(height - other);
        slope += (type === left ? forward : 1 - forward) - expected;
        curvature += expected * (1 - expected);
      }
      const step = slope / curvature;
      heights[type] = height + step;
      largest = Math.max(largest, Math.abs(step));
    }
    if (largest < tolerance) break;
  }
  return heights;
}

/** Probability that a fair coin shows at least `successes` heads in `trials`. */
export function coinTail(successes: number, trials: number): number {
  let logTerm = -trials * Math.LN2;
  let below = 0;
  for (let heads = 0; heads < successes; heads++) {
    below += Math.exp(logTerm);
    logTerm += Math.log((trials - heads) / (heads + 1));
  }
  return Math.max(0, 1 - below);
}

/**
 * One order of all types that fits the votes best. A cause graph has no cycles, so every pair leans on what all others say: a pair
 * that met rarely gets its direction from the types' places. The order is tried out on votes that it has not seen.
 */
export function fitCausalOrder(typeCount: number, votes: readonly OrderVote[]): CausalOrder {
  const foldCount = Math.min(folds, votes.length);
  let right = 0;
  let asked = 0;
  for (let fold = 0; fold < foldCount; fold++) {
    const heights = fitHeights(
      typeCount,
      votes.filter((_, position) => position % foldCount !== fold),
    );
    for (let position = fold; position < votes.length; position += foldCount) {
      const vote = votes[position];
      if (vote === undefined || vote.forward === 0.5) continue;
      const ahead = (heights[vote.left] ?? 0) - (heights[vote.right] ?? 0);
      asked += 1;
      if (ahead > 0 === vote.forward > 0.5) right += 1;
    }
  }
  return {
    heights: fitHeights(typeCount, votes),
    accuracy: asked === 0 ? 0.5 : right / asked,
    isTrusted: asked > 0 && coinTail(right, asked) < significance,
  };
}
