import { meanToDeviation } from './surprise-view.ts';

/** How large deviations usually are, over all and at each time of the day; outliers count as four times the usual. */
export interface NoiseLevel {
  overall: number;
  readonly byTimeOfDay: Float64Array;
}

/** How often each time of the day was visited, in days; shared by the noise levels of a series. */
export interface TimeOfDayVisits {
  readonly days: Float64Array;
}

export const timesOfDay = 48;
const dayMilliseconds = 86_400_000;
/** Days before the noise of a time of the day counts half. */
const caution = 3;

export function createNoiseLevel(): NoiseLevel {
  return { overall: 0, byTimeOfDay: new Float64Array(timesOfDay) };
}

export function timeOfDayAt(time: number): number {
  const share = time / dayMilliseconds - Math.floor(time / dayMilliseconds);
  return Math.min(timesOfDay - 1, Math.floor(share * timesOfDay));
}

/** The usual deviation (standard deviation) at a time of the day; never below `floor`. */
export function usualDeviation(noise: NoiseLevel, timeOfDay: number, days: number, floor: number): number {
  const here = noise.byTimeOfDay[timeOfDay] ?? 0;
  const mean = (here * days + noise.overall * caution) / (days + caution);
  return Math.max(floor, mean) * meanToDeviation;
}

/** Learns the size of a deviation. The gains are weights of the newest, 0–1. */
export function learnNoise(
  noise: NoiseLevel,
  timeOfDay: number,
  size: number,
  gains: { readonly overall: number; readonly here: number },
): void {
  noise.overall += gains.overall * (size - noise.overall);
  const here = noise.byTimeOfDay[timeOfDay] ?? 0;
  noise.byTimeOfDay[timeOfDay] = here + gains.here * (size - here);
}
