/**
 * Looks for a period of a series' own (not the day's or the week's) by autocorrelation of the last samples, now and then:
 * after 256 samples, then whenever their number has doubled, then every 4,096.
 */
export interface PeriodSearch {
  readonly ring: Float32Array;
  seen: number;
  nextAt: number;
  found: boolean;
}

const ringLength = 1024;
const firstAt = 256;
const furtherEvery = 4096;
const shortest = 4;
const nearlyWhole = 0.1;
/** Autocorrelation from which a period is believed. */
const convincing = 0.5;
const day = 86_400_000;
/** A period that makes so many a day, or some days, to within this share, is in the day's or the week's rhythm already. */
const partsOfDay = 6;
const dayTolerance = 0.05;

export function createPeriodSearch(): PeriodSearch {
  return { ring: new Float32Array(ringLength), seen: 0, nextAt: firstAt, found: false };
}

export function notePeriodSample(search: PeriodSearch, deviation: number): void {
  search.ring[search.seen % ringLength] = deviation;
  search.seen++;
}

/** The period found now, ms; null when it is not time to look, or nothing was found. `interval`: of the sampling, ms. */
export function searchPeriod(search: PeriodSearch, interval: number): number | null {
  if (search.found || search.seen < search.nextAt || interval <= 0) return null;
  search.nextAt = Math.min(search.nextAt * 2, search.nextAt + furtherEvery);
  const lag = bestLag(inOrder(search));
  if (lag === null) return null;
  const period = lag * interval;
  const perDay = Math.round(day / period);
  const isPartOfDay = perDay >= 1 && perDay <= partsOfDay && Math.abs(perDay * period - day) < dayTolerance * day;
  const days = Math.round(period / day);
  const isDays = days >= 1 && Math.abs(days * day - period) < dayTolerance * period;
  if (isPartOfDay || isDays) return null;
  search.found = true;
  return period;
}

function inOrder(search: PeriodSearch): Float64Array {
  const length = Math.min(search.seen, ringLength);
  const values = new Float64Array(length);
  for (let index = 0; index < length; index++)
    values[index] = search.ring[(search.seen - length + index) % ringLength] ?? 0;
  return values;
}

/** The lag of the highest autocorrelation beyond its first fall below zero. */
function bestLag(values: Float64Array): number | null {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const size = values.reduce((sum, value) => sum + Math.abs(value - mean), 0) / values.length;
  if (size === 0) return null;
  const centred = values.map((value) => Math.max(-4 * size, Math.min(4 * size, value - mean)));
  const lags = Math.floor(values.length / 3);
  const correlation = new Float64Array(lags + 1);
  for (let lag = 0; lag <= lags; lag++) {
    let sum = 0;
    for (let index = lag; index < centred.length; index++) sum += (centred[index] ?? 0) * (centred[index - lag] ?? 0);
    correlation[lag] = sum / (centred.length - lag);
  }
  const whole = correlation[0] ?? 0;
  const fall = correlation.findIndex((value) => value < 0);
  if (fall < 0 || whole <= 0) return null;
  let best = -1;
  for (let lag = Math.max(shortest, fall); lag < lags; lag++) {
    const here = correlation[lag] ?? 0;
    if (here < convincing * whole || here < (correlation[lag - 1] ?? 0) || here < (correlation[lag + 1] ?? 0)) continue;
    if (best < 0 || here > 1.05 * (correlation[best] ?? 0)) best = lag;
  }
  return best < 0 ? null : refined(correlation, best, lags);
}

/** The period by the farthest of its multiples that still stands out; whole samples where it is nearly that. */
function refined(correlation: Float64Array, first: number, lags: number): number {
  let period = first;
  for (let multiple = 2; multiple * period + 1 < lags; multiple++) {
    const reach = Math.max(1, Math.floor(period / 6));
    const centre = Math.round(multiple * period);
    let peak = centre;
    for (let lag = Math.max(1, centre - reach); lag <= Math.min(lags - 1, centre + reach); lag++)
      if ((correlation[lag] ?? 0) > (correlation[peak] ?? 0)) peak = lag;
    period = peak / multiple;
  }
  return Math.abs(period - Math.round(period)) < nearlyWhole ? Math.round(period) : period;
}
