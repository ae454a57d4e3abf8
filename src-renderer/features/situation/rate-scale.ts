import type { AlarmRatePoint } from '#shared/api/scorecard.ts';

/** ISA-18.2 / IEC 62682, per operator and ten minutes: 1 is very likely acceptable, more than 10 is a flood. */
export const acceptableRate = 1;
export const floodRate = 10;

/** Where a rate stands between 0 (none) and 1 (`maximum`), logarithmically, so that 1, 10 and 2,000 can be read on one chart. */
export function rateHeight(raised: number, maximum: number): number {
  return Math.log10(1 + raised) / Math.log10(1 + maximum);
}

/** Top of the scale: the highest rate, at least three floods' worth so that the lines keep their place on calm days. */
export function rateMaximum(points: readonly AlarmRatePoint[]): number {
  return Math.max(floodRate * 3, ...points.map((point) => point.raised));
}
