import { countValue, createTailSketch, rarity, type TailSketch } from './tail-sketch.ts';

/**
 * One way of looking at a series (the newest deviation, its mean over some samples, …): how surprising its newest value is.
 * A stretch of extreme values counts once, with its peak (declustering of exceedances, as in extreme value theory): what is
 * rare is that such a stretch begins, not that it goes on.
 */
export interface SurpriseView {
  readonly sketch: TailSketch;
  /** Deviations that are smaller than this are never told apart. */
  readonly floor: number;
  /** How large values usually are. */
  scale: number;
  /** The peak of the stretch that is going on; 0: none. */
  peak: number;
  seen: number;
}

const stretchBegins = 1.5;
const stretchEnds = 1.05;
const memoryMin = 100;
const memoryMax = 8000;
const priorIndex = 5;
const settledAfter = 10;

export function createSurpriseView(floor: number): SurpriseView {
  return { sketch: createTailSketch(), floor, scale: 0, peak: 0, seen: 0 };
}

/** How far the counts of a sketch reach back, in values: a third of what was seen, so that the first, unlearned days fade. */
export function memoryAfter(seen: number): number {
  return Math.min(memoryMax, Math.max(memoryMin, seen / 3));
}

/** How surprising a value is after all earlier ones (−log10 of a rate per sample); then counts it with `weight` 0–1. */
export function observe(view: SurpriseView, value: number, weight: number): number {
  const scale = Math.max(view.scale, view.floor);
  const relative = value / scale;
  const surprise = view.seen < settledAfter ? 0 : rarity(view.sketch, relative, priorIndex);
  const memory = memoryAfter(view.seen);
  const size = Math.abs(relative);
  if (view.peak !== 0 && (size < stretchEnds || relative * view.peak < 0)) {
    countValue(view.sketch, view.peak, weight, memory);
    view.peak = 0;
  } else countValue(view.sketch, size >= stretchBegins || view.peak !== 0 ? 0 : relative, weight, memory);
  if (size >= stretchBegins && size > Math.abs(view.peak)) view.peak = relative;
  view.seen++;
  const gain = Math.max(1 / view.seen, 1 / Math.max(200, Math.min(4000, view.seen / 3))) * weight;
  const usual = Math.abs(value) * meanToDeviation;
  view.scale += gain * ((view.seen < 21 ? usual : Math.min(usual, 4 * scale)) - view.scale);
  return surprise;
}

/** The standard deviation of a normal distribution is so many times its mean absolute deviation. */
export const meanToDeviation = 1.2533;
