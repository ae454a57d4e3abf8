import { createRandom, type Random } from '#test/support/simulator/random.ts';
import { networkEffects } from './network-effects.ts';

/** The six KPIs of a cell: counts and megabytes per sample interval, percentages, Mbit/s. */
export const cellMetrics = [
  'traffic_mb',
  'rrc_users',
  'handover_attempts',
  'prb_utilisation',
  'throughput_mbps',
  'setup_success_rate',
] as const;
export type CellMetric = (typeof cellMetrics)[number];

export const sampleInterval = 15 * 60_000;
const samplesPerDay = 96;

/** A stretch in which a cell lost part of its service, in sample numbers; `to` is the first sample after it. */
export interface CellFault {
  readonly from: number;
  readonly to: number;
  /** Share of the service that is lost, 0–1. */
  readonly loss: number;
  readonly busy: boolean;
}

export interface SimulatedCell {
  readonly cellId: string;
  readonly siteId: string;
  readonly type: CellType;
  /** What was measured, a value a sample; null where the sample is missing. */
  readonly values: Record<CellMetric, (number | null)[]>;
  /** What was to be expected without faults, gaps, resets and the cell's own noise. */
  readonly expected: Record<CellMetric, number[]>;
  readonly faults: readonly CellFault[];
  readonly neighbours: readonly string[];
}

export type CellType = 'residential' | 'business' | 'road';

export interface CellWorld {
  /** Time of the first sample, ms. */
  readonly start: number;
  readonly samples: number;
  readonly cells: readonly SimulatedCell[];
}

export interface CellScenario {
  readonly seed: number;
  /** 21–60. */
  readonly cells: number;
  readonly weeks: number;
}

/** Hours with much traffic, in which a loss is felt at once. */
export function isBusyHour(hour: number): boolean {
  return hour >= 8 && hour < 22;
}

const cellTypes: readonly CellType[] = ['residential', 'business', 'road'];

/** The usual share of the day's peak at an hour. */
function dayShape(type: CellType, hour: number, isWeekend: boolean): number {
  const hump = (centre: number, width: number): number => {
    const away = Math.min(Math.abs(hour - centre), 24 - Math.abs(hour - centre));
    return Math.exp(-(away * away) / (2 * width * width));
  };
  switch (type) {
    case 'residential':
      return 0.05 + 0.45 * hump(13, 4) + 0.85 * hump(20.5, 2.4) + (isWeekend ? 0.3 * hump(12, 3) : 0);
    case 'business':
      return 0.04 + (isWeekend ? 0.25 : 1) * (0.8 * hump(11, 2.4) + 0.75 * hump(15.5, 2.2));
    case 'road':
      return 0.06 + (isWeekend ? 0.7 * hump(14, 4) : 0.9 * hump(8, 1.3) + hump(17.5, 1.6) + 0.3 * hump(13, 3));
  }
}

/** Student's t with 4 degrees of freedom, scaled to unit variance: now and then far out. */
function heavyTailed(random: Random): number {
  let squares = 0;
  for (let index = 0; index < 4; index++) squares += random.normal() ** 2;
  return random.normal() / Math.sqrt(squares / 4) / Math.SQRT2;
}

/** Some faults in the second half of the time: one loss of each size in busy and in quiet hours, spread over the cells. */
function faultsOf(random: Random, number: number, samples: number): CellFault[] {
  const faults: CellFault[] = [];
  const half = Math.floor(samples / 2);
  const losses = [0.3, 0.7, 1];
  const count = 3;
  for (let index = 0; index < count; index++) {
    const busy = (number + index) % 2 === 0;
    const day = Math.floor((half + ((samples - half) * (index + 0.1 + 0.7 * random.next())) / count) / samplesPerDay);
    const hour = busy ? 9 + random.next() * 9 : random.next() * 5;
    const from = Math.floor(day * samplesPerDay + hour * 4);
    const length = 8 + Math.floor(random.next() * 40);
    const loss = losses[(number + index) % 3] ?? 1;
    if (from + length < samples) faults.push({ from, to: from + length, loss, busy });
  }
  return faults;
}

/** Counters that a cell's restart sets back: what remains is the part of the interval after it. */
const counters: ReadonlySet<CellMetric> = new Set(['traffic_mb', 'handover_attempts']);

/** What each KPI becomes when `kept` of the service is left. */
function underFault(metric: CellMetric, value: number, kept: number): number {
  switch (metric) {
    case 'throughput_mbps':
      return value * (0.4 + 0.6 * kept) * (kept === 0 ? 0 : 1);
    case 'setup_success_rate':
      return value - 25 * (1 - kept);
    default:
      return value * kept;
  }
}

/**
 * Cells with daily and weekly rhythm, growth, heavy-tailed noise that hangs together over time, gaps, counter resets,
 * re-homing and special events that are no faults; some sleep for hours. The same seed gives the same cells.
 */
export function simulateCells(scenario: CellScenario): CellWorld {
  const random = createRandom(scenario.seed, 'cells');
  const samples = scenario.weeks * 7 * samplesPerDay;
  const start = Date.UTC(2026, 0, 5);
  const effects = networkEffects(random, samples, Math.ceil(scenario.cells / 3));
  const cells = Array.from({ length: scenario.cells }, (_, number) => cell(random, number, samples, effects));
  const withNeighbours = cells.map((one) => ({
    ...one,
    neighbours: cells.filter((other) => other !== one && nearness(one.cellId, other.cellId) <= 2).map((o) => o.cellId),
  }));
  return { start, samples, cells: withNeighbours };
}

/** How many sites apart two cells are: sites stand in a row. */
function nearness(left: string, right: string): number {
  const site = (cellId: string): number => Math.floor(Number(cellId.slice('CELL-'.length)) / 3);
  return Math.abs(site(left) - site(right));
}

function cell(
  random: Random,
  number: number,
  samples: number,
  effects: ReturnType<typeof networkEffects>,
): Omit<SimulatedCell, 'neighbours'> {
  const site = Math.floor(number / 3);
  const type = cellTypes[site % cellTypes.length] ?? 'road';
  const size = Math.exp(random.normal() * 0.5);
  const growth = (random.next() - 0.3) * 0.03;
  const noise = 0.06 + random.next() * 0.08;
  const rehomedAt = random.next() < 0.1 ? Math.floor(samples * (0.3 + 0.6 * random.next())) : samples;
  const rehomedLevel = random.next() < 0.5 ? 0.85 : 1.15;
  const faults = faultsOf(random, number, samples);
  const values = emptySeries<number | null>();
  const expected = emptySeries<number>();
  let shared = 0;
  let gapUntil = 0;
  for (let sample = 0; sample < samples; sample++) {
    const hour = (sample % samplesPerDay) / 4;
    const day = Math.floor(sample / samplesPerDay);
    const demand =
      dayShape(type, hour, day % 7 >= 5 || effects.isHoliday(day)) *
      size *
      (1 + growth) ** (sample / samplesPerDay / 7) *
      (sample >= rehomedAt ? rehomedLevel : 1) *
      effects.at(sample, site);
    shared = 0.7 * shared + heavyTailed(random) * noise * 0.7;
    if (random.next() < 0.0015) gapUntil = sample + 1 + Math.floor(random.next() * 12);
    const isMissing = sample < gapUntil || random.next() < 0.005;
    const fault = faults.find(({ from, to }) => sample >= from && sample < to);
    const restart = random.next() < 0.0004 ? random.next() * 0.4 : 1;
    for (const metric of cellMetrics) {
      const usual = usualValue(metric, demand);
      const own = heavyTailed(random) * noise * 0.6;
      const felt = Math.max(0, noisyValue(metric, usual, Math.exp(shared + own), own));
      const kept = fault === undefined ? felt : Math.max(0, underFault(metric, felt, 1 - fault.loss));
      const counted = counters.has(metric) ? kept * restart : kept;
      expected[metric].push(usual);
      values[metric].push(isMissing ? null : roundTo(metric, counted));
    }
  }
  return {
    cellId: `CELL-${number}`,
    siteId: `SITE-${site}`,
    type,
    values,
    expected,
    faults,
  };
}

function emptySeries<T>(): Record<CellMetric, T[]> {
  return {
    traffic_mb: [],
    rrc_users: [],
    handover_attempts: [],
    prb_utilisation: [],
    throughput_mbps: [],
    setup_success_rate: [],
  };
}

function usualValue(metric: CellMetric, demand: number): number {
  switch (metric) {
    case 'traffic_mb':
      return 900 * demand;
    case 'rrc_users':
      return 60 * demand;
    case 'handover_attempts':
      return 240 * demand ** 0.9;
    case 'prb_utilisation':
      return 95 * (1 - Math.exp(-0.8 * demand));
    case 'throughput_mbps':
      return 45 / (1 + 0.7 * demand);
    case 'setup_success_rate':
      return 99.2;
  }
}

/** With the cell's noise: a factor on what is counted, points on a rate. */
function noisyValue(metric: CellMetric, usual: number, factor: number, own: number): number {
  switch (metric) {
    case 'setup_success_rate':
      return Math.min(100, usual + own * 5);
    case 'prb_utilisation':
      return Math.min(100, usual * factor);
    case 'throughput_mbps':
      return usual * Math.sqrt(factor);
    default:
      return usual * factor;
  }
}

function roundTo(metric: CellMetric, value: number): number {
  return metric === 'rrc_users' || metric === 'handover_attempts' ? Math.round(value) : Math.round(value * 100) / 100;
}
