import {
  createNoiseLevel,
  learnNoise,
  type NoiseLevel,
  timeOfDayAt,
  timesOfDay,
  usualDeviation,
} from './noise-level.ts';
import { createPeriodSearch, notePeriodSample, type PeriodSearch, searchPeriod } from './period-search.ts';
import { createSamplingInterval, noteTime, type SamplingInterval } from './sampling-interval.ts';
import {
  bounded,
  createSeasonalProfile,
  forecast,
  learn,
  type ProfileForecast,
  type SeasonalProfile,
} from './seasonal-profile.ts';

/** What is known of a series: its level, its rhythms, how large deviations usually are and how they hang together. */
export interface SeriesModel {
  readonly interval: SamplingInterval;
  readonly search: PeriodSearch;
  seen: number;
  lastTime: number;
  level: number;
  /** After how many samples the level has followed a change to two thirds. */
  levelMemory: number;
  profiles: SeasonalProfile[];
  /** Mean distance from the level, rhythm included. */
  spread: number;
  readonly deviationNoise: NoiseLevel;
  readonly changeNoise: NoiseLevel;
  readonly days: Float64Array;
  /** The last deviation, and how much of one is left in the next. */
  lastDeviation: number;
  carriedProduct: number;
  carriedSquare: number;
}

/** What a model expects of one moment and what came, both before the model learns from it. */
export interface Expectation {
  readonly baseline: number;
  /** What came less the baseline; and less what was left of the deviation before. */
  readonly deviation: number;
  readonly change: number;
  /** Both in usual deviations. */
  readonly relativeDeviation: number;
  readonly relativeChange: number;
  readonly forecasts: readonly ProfileForecast[];
  readonly usualDeviation: number;
  readonly usualChange: number;
  readonly floor: number;
  readonly timeOfDay: number;
  readonly isConsecutive: boolean;
}

const day = 86_400_000;
const hour = 3_600_000;
const levelDays = 2;
const levelMemoryMin = 48;
const levelMemoryMax = 600;
const levelSettles = 24;
/** Deviations below this share of the series' spread never matter. */
const spreadFloor = 0.05;

export function createSeriesModel(): SeriesModel {
  return {
    interval: createSamplingInterval(),
    search: createPeriodSearch(),
    seen: 0,
    lastTime: 0,
    level: 0,
    levelMemory: 300,
    profiles: [],
    spread: 0,
    deviationNoise: createNoiseLevel(),
    changeNoise: createNoiseLevel(),
    days: new Float64Array(timesOfDay),
    lastDeviation: 0,
    carriedProduct: 0,
    carriedSquare: 0,
  };
}

/** The value that the model expects at a time, by level and rhythm. */
export function baselineAt(model: SeriesModel, time: number): number {
  return model.profiles.reduce((sum, profile) => sum + forecast(profile, time).trusted, model.level);
}

/** Compares a value with what the model expects; changes only what is known of the sampling and the spread. */
export function expect(model: SeriesModel, time: number, value: number): Expectation {
  if (model.seen === 0) model.level = value;
  const gap = model.seen === 0 ? 0 : time - model.lastTime;
  if (noteTime(model.interval, gap, model.seen)) addRhythms(model);
  const distance = Math.abs(value - model.level);
  const spreadGain = Math.max(1 / (model.seen + 1), 1 / 2000);
  model.spread += spreadGain * ((model.spread > 0 ? Math.min(distance, 20 * model.spread) : distance) - model.spread);

  const forecasts = model.profiles.map((profile) => forecast(profile, time));
  const baseline = forecasts.reduce((sum, { trusted }) => sum + trusted, model.level);
  const deviation = value - baseline;
  const timeOfDay = timeOfDayAt(time);
  const floor = Math.max(1e-9, spreadFloor * model.spread, 1e-6 * Math.abs(model.level));
  const days = model.days[timeOfDay] ?? 0;
  const usual = usualDeviation(model.deviationNoise, timeOfDay, days, floor);
  const usualChange = usualDeviation(model.changeNoise, timeOfDay, days, floor);
  const isConsecutive = gap > 0 && gap < 3.5 * model.interval.length;
  const carried =
    isConsecutive && model.carriedSquare > 0 ? Math.max(0, bounded(model.carriedProduct / model.carriedSquare, 1)) : 0;
  const change = deviation - carried * model.lastDeviation;
  return {
    baseline,
    deviation,
    change,
    relativeDeviation: model.seen < 2 ? 0 : deviation / usual,
    relativeChange: model.seen < 2 ? 0 : change / usualChange,
    forecasts,
    usualDeviation: usual,
    usualChange,
    floor,
    timeOfDay,
    isConsecutive,
  };
}

/** Learns from a value and what was expected of it. `weight` 0–1: less while an anomaly goes on. */
export function learnSample(
  model: SeriesModel,
  time: number,
  value: number,
  expectation: Expectation,
  weight: number,
): void {
  const { deviation, change, usualDeviation: usual, usualChange, floor } = expectation;
  const levelBefore = model.level;
  const early = model.seen + 1;
  const levelGain = Math.max(early < levelSettles ? 1 / early : 0, 1 / model.levelMemory) * weight;
  model.level += levelGain * (early <= 3 ? deviation : bounded(deviation, 3 * usual));

  let rest = value - levelBefore;
  for (const one of expectation.forecasts) {
    learn(one, { deviation: rest, noise: usual, floor, weight, seen: model.seen });
    rest -= one.trusted;
  }
  learnCarried(model, expectation);
  learnNoises(model, expectation, Math.abs(deviation), Math.abs(change), weight, usual, usualChange);
  notePeriodSample(model.search, value - levelBefore);
  const found = searchPeriod(model.search, model.interval.length);
  if (found !== null) addOwnRhythm(model, found);
  model.lastDeviation = deviation;
  model.lastTime = time;
  model.seen++;
}

function learnCarried(model: SeriesModel, { deviation, usualDeviation: usual, isConsecutive }: Expectation): void {
  if (!isConsecutive) return;
  const now = bounded(deviation, 5 * usual);
  const before = bounded(model.lastDeviation, 5 * usual);
  const keep = 1 - 1 / 1000;
  model.carriedProduct = model.carriedProduct * keep + now * before;
  model.carriedSquare = model.carriedSquare * keep + before * before;
}

function learnNoises(
  model: SeriesModel,
  { timeOfDay }: Expectation,
  deviation: number,
  change: number,
  weight: number,
  usual: number,
  usualChange: number,
): void {
  const number = model.seen + 1;
  const limited = number >= 20;
  const perTimeOfDay = Math.max(1, model.interval.length > 0 ? day / model.interval.length / timesOfDay : 1);
  const days = model.days[timeOfDay] ?? 0;
  const gains = {
    overall: Math.min(1, Math.max(3 / (number + 2), 1 / 1500)) * weight,
    here: Math.min(1, Math.max(2 / (days * perTimeOfDay + 2), 0.06 / perTimeOfDay)) * weight,
  };
  learnNoise(model.deviationNoise, timeOfDay, limited ? Math.min(deviation, 4 * usual) : deviation, gains);
  learnNoise(model.changeNoise, timeOfDay, limited ? Math.min(change, 4 * usualChange) : change, gains);
  model.days[timeOfDay] = Math.min(1000, days + weight / perTimeOfDay);
}

/** The rhythms that most series of people and machines have, as soon as the sampling interval is known. */
function addRhythms(model: SeriesModel): void {
  const interval = model.interval.length;
  const phasesOfDay = Math.round(day / interval);
  if (phasesOfDay >= 4)
    model.profiles.push(createSeasonalProfile(day, Math.min(288, phasesOfDay), { gain: 0.12, caution: 0 }));
  const phasesOfWeek = Math.round((7 * day) / Math.max(interval, hour));
  if (phasesOfWeek >= 5)
    model.profiles.push(createSeasonalProfile(7 * day, Math.min(168, phasesOfWeek), { gain: 0.25, caution: 1 }));
  model.levelMemory = Math.min(levelMemoryMax, Math.max(levelMemoryMin, (levelDays * day) / interval));
}

function addOwnRhythm(model: SeriesModel, period: number): void {
  const phases = Math.max(4, Math.min(512, Math.round(period / model.interval.length)));
  model.profiles.unshift(createSeasonalProfile(period, phases, { gain: 0.12, caution: 0 }));
}
