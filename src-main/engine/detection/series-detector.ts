import { createRecentDeviations, observeRecent, type RecentDeviations } from './recent-deviations.ts';
import { baselineAt, createSeriesModel, expect, learnSample, type SeriesModel } from './series-model.ts';
import { createSurpriseView, memoryAfter, observe, type SurpriseView } from './surprise-view.ts';
import { countValue, createTailSketch, rarity, type TailSketch } from './tail-sketch.ts';

/** What was found at one sample; only earlier samples had a say in it. */
export interface Finding {
  readonly baseline: number;
  /** How far the value is from the baseline, in usual deviations of that time of the day. */
  readonly zScore: number;
  /** −log10 of how often, per sample, something at least so unusual begins. */
  readonly surprise: number;
  /** 0–1; from 0.5 on the sample begins an anomaly. */
  readonly score: number;
  readonly isAnomaly: boolean;
  /** −1 low, 1 high; 0 where there is no anomaly. */
  readonly direction: -1 | 0 | 1;
}

/** All that is remembered of one series between samples. Plain data: it can be stored and read back. */
export interface DetectorState {
  readonly model: SeriesModel;
  readonly change: SurpriseView;
  readonly deviation: SurpriseView;
  readonly levels: RecentDeviations;
  readonly unrest: RecentDeviations;
  /** How surprising the most surprising view usually is. */
  readonly surprises: TailSketch;
  surprisePeak: number;
  /** Whether something unusual goes on, and whether the values are unusual just now. */
  inEpisode: boolean;
  isAnomaly: boolean;
  usualRun: number;
  age: number;
  calm: number;
  direction: -1 | 0 | 1;
  peak: number;
  sinceEpisode: number;
  echo: number;
}

/** Surprise from which an anomaly begins: such a thing begins once in 10^3.3, some 2,000 samples. */
export const anomalyFrom = 3.3;
const episodeEndsBelow = 1.5;
const calmToEnd = 2;
/** A sample that begins an episode must itself be so far out, in usual deviations. */
const unusualToBegin = 1.6;
const usualToEnd = 6;
const flaggedAgainFrom = 3;
const usualUpTo = 2;
/** What is learned from a sample during an episode. */
const weightInEpisode = { counts: 0.15, model: 0.3 };
const levelSpans: readonly number[] = [2, 4, 8, 16, 32, 64];
const unrestSpans: readonly number[] = [8, 32, 128];
const deviationFloor = 0.6;
const unrestFloor = 0.3;
const surprisesFrom = 30;
const surprisesPriorIndex = 3;
const surpriseMax = 10;
const stretchBegins = 1.5;
const stretchEnds = 1.05;
/** One cannot know that something is rarer than ten times what was seen. */
const beyondSeen = 1;
const echoSamples = 30;
const heldScore = 0.45;
const echoScore = 0.25;

export function createDetectorState(): DetectorState {
  return {
    model: createSeriesModel(),
    change: createSurpriseView(deviationFloor),
    deviation: createSurpriseView(deviationFloor),
    levels: createRecentDeviations(levelSpans, (length) => deviationFloor / Math.sqrt(length)),
    unrest: createRecentDeviations(unrestSpans, () => unrestFloor),
    surprises: createTailSketch(),
    surprisePeak: 0,
    inEpisode: false,
    isAnomaly: false,
    usualRun: 0,
    age: 0,
    calm: 0,
    direction: 0,
    peak: 0,
    sinceEpisode: Number.MAX_SAFE_INTEGER,
    echo: 0,
  };
}

/** Samples before anything is called an anomaly: two days, at least 60 and at most 300 samples. */
export function warmUpSamples(intervalMilliseconds: number): number {
  if (intervalMilliseconds <= 0) return 300;
  return Math.min(300, Math.max(60, Math.ceil((2 * 86_400_000) / intervalMilliseconds)));
}

/** What is expected at a time for which there is no value. */
export function expectedAt(state: DetectorState, time: number): number {
  return baselineAt(state.model, time);
}

/** Judges a value by what came before it, then learns from it. `time` in ms since the epoch. */
export function detect(state: DetectorState, time: number, value: number): Finding {
  const { model } = state;
  const expectation = expect(model, time, value);
  const { relativeDeviation, relativeChange } = expectation;
  const counts = state.inEpisode ? weightInEpisode.counts : 1;
  const { surprise: raw, sign } = mostSurprising(state, relativeDeviation, relativeChange, counts);
  const surprise = calibrate(state, raw, counts);
  const isWarm = model.seen >= warmUpSamples(model.interval.length);
  const wasInEpisode = state.inEpisode;
  follow(state, isWarm ? surprise : 0, relativeDeviation, relativeChange, sign);
  const score = isWarm ? scoreOf(state, surprise, wasInEpisode) : 0;
  learnSample(model, time, value, expectation, state.inEpisode ? weightInEpisode.model : 1);
  return {
    baseline: expectation.baseline,
    zScore: relativeDeviation,
    surprise,
    score,
    isAnomaly: state.isAnomaly,
    direction: state.isAnomaly ? state.direction : 0,
  };
}

/** Looks at the newest deviation, its change, its means and its unrest, and takes the most surprising. */
function mostSurprising(
  state: DetectorState,
  deviation: number,
  change: number,
  weight: number,
): { surprise: number; sign: number } {
  const byChange = observe(state.change, change, weight);
  const isReturn = (state.inEpisode || state.sinceEpisode < 12) && Math.abs(deviation) < usualUpTo;
  let surprise = isReturn ? 0 : byChange;
  let sign = Math.sign(change);
  const take = (found: number, of: number): void => {
    if (found <= surprise) return;
    surprise = found;
    sign = Math.sign(of);
  };
  take(observe(state.deviation, deviation, weight), deviation);
  const level = observeRecent(state.levels, deviation, weight);
  take(level.surprise, level.mean);
  const unrest = observeRecent(state.unrest, Math.abs(change), weight);
  take(unrest.surprise, deviation);
  return { surprise: Math.min(surprise, surpriseMax), sign };
}

/** With several views the most surprising one is often high: what counts is how often it was as high as this. */
function calibrate(state: DetectorState, raw: number, weight: number): number {
  const { seen } = state.model;
  if (seen < surprisesFrom) return 0;
  const magnitude = 0.2 * Math.exp(0.6 * raw);
  const found = Math.min(rarity(state.surprises, magnitude, surprisesPriorIndex), Math.log10(seen) + beyondSeen);
  const memory = memoryAfter(seen);
  if (state.surprisePeak > 0 && raw < stretchEnds) {
    countValue(state.surprises, state.surprisePeak, weight, memory);
    state.surprisePeak = 0;
  } else countValue(state.surprises, raw >= stretchBegins || state.surprisePeak > 0 ? 0 : magnitude, weight, memory);
  if (raw >= stretchBegins && magnitude > state.surprisePeak) state.surprisePeak = magnitude;
  return found;
}

/**
 * Follows episodes: one begins with a surprise and ends when two samples in a row are usual in every view. What is flagged is
 * the stretches of an episode in which the values themselves are unusual.
 */
function follow(state: DetectorState, surprise: number, deviation: number, change: number, sign: number): void {
  const isUnusual = Math.abs(deviation) >= usualUpTo || Math.abs(change) >= usualUpTo;
  state.usualRun = isUnusual ? 0 : state.usualRun + 1;
  if (!state.inEpisode) {
    state.sinceEpisode++;
    if (surprise < anomalyFrom || Math.max(Math.abs(deviation), Math.abs(change)) < unusualToBegin) return;
    Object.assign(state, { inEpisode: true, isAnomaly: true, age: 0, calm: 0, peak: surprise });
    state.direction = (Math.abs(deviation) > 1 ? deviation : sign) < 0 ? -1 : 1;
    return;
  }
  state.age++;
  if (state.isAnomaly && state.usualRun >= usualToEnd) state.isAnomaly = false;
  else if (!state.isAnomaly && surprise >= state.peak && Math.abs(deviation) >= flaggedAgainFrom) {
    state.isAnomaly = true;
    state.direction = deviation < 0 ? -1 : 1;
  }
  const isCalm = Math.abs(deviation) < usualUpTo && surprise < episodeEndsBelow;
  state.calm = isCalm ? state.calm + 1 : 0;
  if (state.calm < calmToEnd && state.age <= state.model.levelMemory) return;
  Object.assign(state, { inEpisode: false, isAnomaly: false, sinceEpisode: 0 });
}

/** What was already said scores less: that an anomaly goes on, or that it echoes, is no news. */
function scoreOf(state: DetectorState, surprise: number, wasInEpisode: boolean): number {
  const plain = Math.min(1, surprise / (2 * anomalyFrom));
  const goesOn = wasInEpisode && state.inEpisode;
  const isEcho = !goesOn && surprise < state.echo + 0.3;
  state.echo = Math.max(surprise, state.echo - 4 / echoSamples);
  if (goesOn) {
    if (surprise <= state.peak + 1) return Math.min(plain, heldScore);
    state.peak = surprise;
    return plain;
  }
  return isEcho ? Math.min(plain, echoScore) : plain;
}
