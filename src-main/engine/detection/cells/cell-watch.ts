/**
 * Watches the service of one cell for a loss that its peers do not share: a sleeping cell. Plain data, so that it can be stored.
 */
export interface CellWatch {
  readonly ring: Float64Array;
  seen: number;
  /** The usual size of the mean over each span. */
  readonly usual: Float64Array;
  sleepingSince: number | null;
  age: number;
  lossWhileAsleep: number;
  awake: number;
}

export type SleepState = 'degraded' | 'crippled' | 'catatonic';

export interface SleepFinding {
  readonly state: SleepState;
  /** Share of the service that is lost, 0–1. */
  readonly loss: number;
  /** Time of the first sample in which it was seen, ms. */
  readonly since: number;
  /** How far out it is, in usual deviations. */
  readonly zScore: number;
}

const spans: readonly number[] = [1, 2, 4, 8, 16];
const ringLength = 16;
/** Samples before a cell is judged: its usual deviation must be known. */
const warmUp = 192;
/** So far out, in usual deviations of its mean, a loss must be to count; by span. */
const limits = { z: [8, 6.5, 5.5, 5, 4.8], loss: [0.8, 0.4, 0.25, 0.17, 0.13] };
const usualFloor = 0.02;
const usualMemory = 2000;
const learningWhileUnusual = 0.05;
const awakeLoss = 0.12;
const awakeSamples = 3;
/** After a week a loss is how the cell now is. */
const acceptedAfter = 672;
const crippledFrom = 0.5;
const catatonicFrom = 0.9;

export function createCellWatch(): CellWatch {
  return {
    ring: new Float64Array(ringLength),
    seen: 0,
    usual: new Float64Array(spans.length),
    sleepingSince: null,
    age: 0,
    lossWhileAsleep: 0,
    awake: 0,
  };
}

/**
 * Takes the cell's served share (`servedShare`) less its peers' (so that what everybody feels is no loss of this cell) and says
 * whether it sleeps. Only earlier samples have a say in it.
 */
export function watchCell(watch: CellWatch, time: number, share: number): SleepFinding | null {
  watch.ring[watch.seen % ringLength] = share;
  watch.seen++;
  const means = spans.map((span) => meanOfLast(watch, span));
  const worst = worstLoss(watch, means);
  if (watch.sleepingSince === null) {
    if (worst !== null && watch.seen > warmUp) {
      watch.sleepingSince = time;
      watch.age = 0;
      watch.awake = 0;
    }
  } else {
    watch.age++;
    watch.awake = lossOf(means[1] ?? 0) < awakeLoss ? watch.awake + 1 : 0;
    if (watch.awake >= awakeSamples || watch.age > acceptedAfter) watch.sleepingSince = null;
  }
  learnUsual(watch, means, worst !== null || watch.sleepingSince !== null ? learningWhileUnusual : 1);
  if (watch.sleepingSince === null) return null;
  const recent = meanOfLast(watch, Math.min(4, watch.age + 1));
  const loss = Math.max(lossOf(recent), watch.age === 0 ? (worst?.loss ?? 0) : 0);
  return { state: stateOf(loss), loss, since: watch.sleepingSince, zScore: worst?.zScore ?? 0 };
}

export function stateOf(loss: number): SleepState {
  return loss >= catatonicFrom ? 'catatonic' : loss >= crippledFrom ? 'crippled' : 'degraded';
}

function lossOf(share: number): number {
  return Math.max(0, 1 - Math.exp(share));
}

function meanOfLast(watch: CellWatch, span: number): number {
  const length = Math.min(span, watch.seen);
  let sum = 0;
  for (let back = 1; back <= length; back++) sum += watch.ring[(watch.seen - back) % ringLength] ?? 0;
  return sum / Math.max(1, length);
}

function worstLoss(watch: CellWatch, means: readonly number[]): { zScore: number; loss: number } | null {
  let worst: { zScore: number; loss: number } | null = null;
  // What a long mean remembers of a loss that is over is no loss.
  if (lossOf(means[0] ?? 0) < awakeLoss) return null;
  for (const [index, mean] of means.entries()) {
    const zScore = mean / Math.max(usualFloor, watch.usual[index] ?? 0);
    const loss = lossOf(mean);
    if (zScore > -(limits.z[index] ?? 0) || loss < (limits.loss[index] ?? 1)) continue;
    if (worst === null || zScore < worst.zScore) worst = { zScore, loss };
  }
  return worst;
}

function learnUsual(watch: CellWatch, means: readonly number[], weight: number): void {
  const gain = Math.max(Math.min(1, 2 / (watch.seen + 1)), 1 / usualMemory) * weight;
  for (const [index, mean] of means.entries()) {
    const usual = watch.usual[index] ?? 0;
    const size = Math.abs(mean) * 1.2533;
    watch.usual[index] = usual + gain * ((watch.seen < 30 ? size : Math.min(size, 4 * usual + usualFloor)) - usual);
  }
}
