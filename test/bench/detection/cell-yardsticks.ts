/** Simple ways of finding a loss in one series, to compare with. Each says for every sample whether it is unusual. */

const samplesPerDay = 96;
const limit = 3;

/** Further from the mean of the trailing 24 hours than three standard deviations. */
export function trailingDayFlags(values: readonly (number | null)[]): boolean[] {
  return values.map((value, sample) => {
    const last = values.slice(Math.max(0, sample - samplesPerDay), sample).filter((one) => one !== null);
    if (value === null || last.length < 48) return false;
    const mean = last.reduce((sum, one) => sum + one, 0) / last.length;
    const deviation = Math.sqrt(last.reduce((sum, one) => sum + (one - mean) ** 2, 0) / last.length);
    return deviation > 0 && Math.abs(value - mean) / deviation > limit;
  });
}

/** Further from the median of all earlier samples of the same time of day than three (scaled) median deviations. */
export function slotMedianFlags(values: readonly (number | null)[]): boolean[] {
  const slots: number[][] = Array.from({ length: samplesPerDay }, () => []);
  return values.map((value, sample) => {
    const slot = slots[sample % samplesPerDay];
    if (slot === undefined || value === null) return false;
    const middle = median(slot);
    const deviation = 1.4826 * median(slot.map((one) => Math.abs(one - middle)));
    const isUnusual = slot.length >= 7 && deviation > 0 && Math.abs(value - middle) / deviation > limit;
    slot.push(value);
    return isUnusual;
  });
}

/** Knows what the cell would have served without a fault, but not its noise: too low when four samples are, on average, by `least`. */
export function oracleFlags(values: readonly (number | null)[], expected: readonly number[], least: number): boolean[] {
  const last: number[] = [];
  return values.map((value, sample) => {
    if (value !== null) {
      last.push(Math.max(-1.5, Math.log((value + 1e-3) / ((expected[sample] ?? 0) + 1e-3))));
      if (last.length > 4) last.shift();
    }
    return last.length === 4 && last.reduce((sum, one) => sum + one, 0) / 4 < -least;
  });
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((left, right) => left - right);
  return sorted[sorted.length >> 1] ?? 0;
}
