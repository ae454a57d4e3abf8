import type { CorrelationEvent, CorrelationTopology } from '#engine/correlation/correlator.ts';
import { createCorrelator } from '#engine/correlation/create-correlator.ts';
import type { BenchReport } from '#test/bench/runner/report.ts';
import type { Scenario } from '#test/support/simulator/scenario.ts';
import { simulate, simulateHistory } from '#test/support/simulator/simulate.ts';
import { replay, toBatches, toCorrelationTopology, toStream } from './pedkai.ts';
import { emergencyEntities, toYardstickAlarms } from './yardsticks/input.ts';
import { correlateOriginal } from './yardsticks/original.ts';

function median(numbers: readonly number[]): number {
  return numbers.toSorted((left, right) => left - right)[Math.floor(numbers.length / 2)] ?? Number.NaN;
}

function milliseconds(work: () => void): number {
  globalThis.gc?.();
  const started = performance.now();
  work();
  return performance.now() - started;
}

/** Slope of the least-squares line through the logarithms: how time grows with size. */
export function growthExponent(points: readonly { readonly size: number; readonly time: number }[]): number {
  const logs = points.map(({ size, time }) => ({ x: Math.log(size), y: Math.log(time) }));
  const meanX = logs.reduce((sum, { x }) => sum + x, 0) / logs.length;
  const meanY = logs.reduce((sum, { y }) => sum + y, 0) / logs.length;
  const over = logs.reduce((sum, { x, y }) => sum + (x - meanX) * (y - meanY), 0);
  return over / logs.reduce((sum, { x }) => sum + (x - meanX) ** 2, 0);
}

const ignore = (): void => {};

/** Median time of feeding the batches to a fresh correlator; its topology is loaded before the clock starts. */
function timeCorrelator(topology: CorrelationTopology, batches: readonly CorrelationEvent[][], rounds: number): number {
  return median(
    Array.from({ length: rounds }, () => {
      const correlator = createCorrelator({ topology });
      return milliseconds(() => replay(correlator, batches, ignore));
    }),
  );
}

function compare(report: BenchReport, name: string, recording: Scenario, atMost: number): void {
  const topology = toCorrelationTopology(recording.topology);
  const batches = toBatches(toStream(recording.alarms).events);
  const alarms = toYardstickAlarms(recording.alarms);
  const emergency = emergencyEntities(recording);
  const original = (): void => void correlateOriginal(alarms, emergency);
  timeCorrelator(topology, batches, 5);
  for (let warmUp = 0; warmUp < 5; warmUp++) original();
  report.figure({
    name,
    value: timeCorrelator(topology, batches, 9),
    unit: 'ms',
    at_most: atMost,
    yardstick: { name: 'original algorithm', value: median(Array.from({ length: 9 }, () => milliseconds(original))) },
  });
}

function measureSmall(report: BenchReport): void {
  const history = simulateHistory({ style: 'national', seed: 501, alarms: 5000 });
  compare(report, '5,000 alarms of ordinary days', history, 20);
  const storm = simulate({ kind: 'storm', style: 'national', seed: 502 });
  compare(report, `${storm.alarms.length} alarms of a storm`, storm, 50);
  const topology = toCorrelationTopology(history.topology);
  createCorrelator({ topology });
  report.figure({
    name: `a topology of ${topology.entities.length} entities loaded`,
    value: median(Array.from({ length: 5 }, () => milliseconds(() => void createCorrelator({ topology })))),
    unit: 'ms',
  });
}

/** Up to here the quadratic yardstick is over in seconds. */
const mostForOriginal = 300_000;

function measureGrowth(report: BenchReport): void {
  const sizes = [10_000, 30_000, 100_000, 300_000, 1_000_000];
  const history = simulateHistory({ style: 'national', seed: 503, alarms: 1_000_000 });
  const topology = toCorrelationTopology(history.topology);
  const whole = toYardstickAlarms(history.alarms);
  const emergency = emergencyEntities(history);
  const points = sizes.map((size) => {
    const { events } = toStream(history.alarms.slice(0, size));
    const batches = toBatches(events);
    // Small sizes are over in an instant: repeat them, so that the fit is not one of noise.
    const repeats = size <= 30_000 ? 5 : size <= 100_000 ? 3 : 1;
    const part = whole.slice(0, size);
    const original = size > mostForOriginal ? null : milliseconds(() => void correlateOriginal(part, emergency));
    return { size, events: events.length, time: timeCorrelator(topology, batches, repeats), original };
  });
  report.table({
    title: 'growth with the number of alarms',
    columns: ['alarms', 'events', 'ms', 'µs per alarm', 'original ms'],
    rows: points.map(({ size, events, time, original }) => {
      const shown = original === null ? 'not run' : String(Math.round(original));
      return [size, events, Math.round(time), (time * 1000) / size, shown];
    }),
  });
  const originals = points.flatMap(({ size, original }) => (original === null ? [] : [{ size, time: original }]));
  report.figure({
    name: 'growth exponent, 10,000 to 1,000,000 alarms',
    value: growthExponent(points),
    unit: '',
    at_most: 1.1,
    yardstick: { name: 'original algorithm, to 300,000', value: growthExponent(originals) },
  });
  const last = points.at(-1);
  if (last === undefined) return;
  report.figure({ name: '1,000,000 alarms correlated', value: last.time / 1000, unit: 's', at_most: 10 });
  measureMemory(report, topology, toBatches(toStream(history.alarms).events));
}

/** What the correlator holds on to while a million alarms pass: sampled after a forced collection, the input itself left out. */
function measureMemory(
  report: BenchReport,
  topology: CorrelationTopology,
  batches: readonly CorrelationEvent[][],
): void {
  if (globalThis.gc === undefined) return;
  const collect = globalThis.gc;
  const used = (): number => {
    collect();
    return process.memoryUsage().heapUsed / 2 ** 20;
  };
  const correlator = createCorrelator({ topology });
  const before = used();
  const samples: number[] = [];
  let seen = 0;
  replay(correlator, batches, () => {
    seen += 1;
    if (seen % Math.ceil(batches.length / 10) === 0) samples.push(used() - before);
  });
  const half = Math.ceil(samples.length / 2);
  const first = Math.max(0, ...samples.slice(0, half));
  const second = Math.max(0, ...samples.slice(half));
  const unit = 'MiB';
  report.figure({ name: 'held by the correlator in the first half million, at most', value: first, unit });
  report.figure({ name: 'held in the second half million, at most', value: second, unit, at_most: first * 1.5 + 20 });
}

export const name = 'speed, growth and memory';

export function run(report: BenchReport): void {
  measureSmall(report);
  measureGrowth(report);
}
