/**
 * Lags between cause and effect, in whole seconds, sorted into bins that grow like 1, 2, 5, 10: a link that fails a second later
 * and a battery that lasts minutes are both seen sharply enough. The first bin holds what shares a second.
 */
const upperEdges = [0, 1, 2, 5, 10, 20, 50, 100, 200, 300] as const;

export const binCount = upperEdges.length;

/** Seconds after which an alarm no longer counts as the cause of another: the usual correlation window. */
export const longestLag = 300;

/** The bin of a lag of 0 to `longestLag` whole seconds. */
export function binOf(lagSeconds: number): number {
  for (let bin = 0; bin < upperEdges.length; bin++) {
    if (lagSeconds <= (upperEdges[bin] ?? longestLag)) return bin;
  }
  return binCount - 1;
}

/** Seconds that a bin spans; the first is one clock tick. */
export function binWidth(bin: number): number {
  return Math.max(1, (upperEdges[bin] ?? longestLag) - (upperEdges[bin - 1] ?? 0));
}

/** The median of a histogram over the bins, read off linearly inside its bin; 0 for an empty histogram. */
export function medianLag(histogram: Float64Array): number {
  let half = 0;
  for (const count of histogram) half += count / 2;
  for (let bin = 0; bin < histogram.length; bin++) {
    const count = histogram[bin] ?? 0;
    if (half <= count && count > 0) {
      const low = upperEdges[bin - 1] ?? 0;
      return bin === 0 ? 0 : low + ((upperEdges[bin] ?? low) - low) * (half / count);
    }
    half -= count;
  }
  return 0;
}
