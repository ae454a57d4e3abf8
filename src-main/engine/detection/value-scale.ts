/**
 * Whether a series is judged by its values or by their logarithms. Traffic, users and other counts vary in proportion to
 * their size: a loss of 70 % is the same by night as by day on a logarithmic scale only.
 */
export type ValueScale = { readonly kind: 'plain' } | { readonly kind: 'logarithmic'; readonly offset: number };

export const plainScale: ValueScale = { kind: 'plain' };

/** Added to values before the logarithm, as a share of the mean: so that zero has one. */
const offsetShare = 0.1;
/** The upper half of the values must be so many times the lower … */
const levelRatioMin = 3;
/** … and vary more by at least this power of it. */
const proportionality = 0.5;

/** Decides from a series' first values. */
export function chooseScale(values: readonly number[]): ValueScale {
  if (values.length < 3 || values.some((value) => value < 0)) return plainScale;
  const median = values.toSorted((left, right) => left - right)[values.length >> 1] ?? 0;
  const upper = { sum: 0, bend: 0, count: 0 };
  const lower = { sum: 0, bend: 0, count: 0 };
  for (let index = 2; index < values.length; index++) {
    const before = values[index - 1] ?? 0;
    const half = before > median ? upper : lower;
    half.sum += before;
    half.bend += Math.abs((values[index] ?? 0) - 2 * before + (values[index - 2] ?? 0));
    half.count++;
  }
  if (upper.count === 0 || lower.sum === 0 || lower.bend === 0) return plainScale;
  const levelRatio = upper.sum / upper.count / (lower.sum / lower.count);
  const bendRatio = upper.bend / upper.count / (lower.bend / lower.count);
  const isProportional = levelRatio > levelRatioMin && Math.log(bendRatio) > proportionality * Math.log(levelRatio);
  if (!isProportional) return plainScale;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return { kind: 'logarithmic', offset: offsetShare * mean };
}

export function toScale(scale: ValueScale, value: number): number {
  return scale.kind === 'plain' ? value : Math.log(Math.max(0, value) + scale.offset);
}

export function fromScale(scale: ValueScale, scaled: number): number {
  return scale.kind === 'plain' ? scaled : Math.exp(scaled) - scale.offset;
}
