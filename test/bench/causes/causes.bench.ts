import { createCauseLearner } from '#engine/correlation/causes/create-cause-learner.ts';
import { learnCauses } from '#engine/correlation/causes/learn-causes.ts';
import type { BenchReport } from '#test/bench/runner/report.ts';
import { lagCountPairs } from './lag-count.ts';
import { type Matrix, type RealRecording, readRealRecording, sharedData } from './real-data.ts';

interface Agreement {
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
}

/** How a set of pairs agrees with the experts' graph. */
function agree(pairs: readonly (readonly [string, string])[], experts: Matrix): Agreement {
  const right = pairs.filter(([cause, effect]) => experts.at(Number(cause), Number(effect)) === 1).length;
  let edges = 0;
  for (let row = 0; row < experts.size; row++) {
    for (let column = 0; column < experts.size; column++) edges += experts.at(row, column);
  }
  const precision = pairs.length === 0 ? 0 : right / pairs.length;
  const recall = right / edges;
  return { precision, recall, f1: right === 0 ? 0 : (2 * precision * recall) / (precision + recall) };
}

function everyPair(experts: Matrix): [string, string][] {
  const numbers = Array.from({ length: experts.size }, (_, number) => String(number));
  return numbers.flatMap((cause) =>
    numbers.filter((effect) => effect !== cause).map((effect): [string, string] => [cause, effect]),
  );
}

function measure(
  report: BenchReport,
  title: string,
  recording: RealRecording,
): { learned: Agreement; lagCount: Agreement } {
  const { history, experts, topology } = recording;
  const started = performance.now();
  const causes = learnCauses(history, topology);
  const seconds = (performance.now() - started) / 1000;

  const learner = createCauseLearner(topology);
  const sorted = history.toSorted((left, right) => left.raisedAt - right.raisedAt);
  const streamStarted = performance.now();
  for (const alarm of sorted) learner.observe(alarm);
  const microseconds = ((performance.now() - streamStarted) * 1000) / sorted.length;

  const asPairs = (rules: typeof causes): [string, string][] => rules.map(({ cause, effect }) => [cause, effect]);
  const contestants: readonly (readonly [string, [string, string][]])[] = [
    ['learned from the whole history', asPairs(causes)],
    ['learned in one pass, as it came', asPairs(learner.causes())],
    ['lag count, same device, z > 8', lagCountPairs(history)],
    ['every pair', everyPair(experts)],
  ];
  const rows = contestants.map(([name, pairs]) => ({ name, pairs, ...agree(pairs, experts) }));
  report.table({
    title: `${title}: ${history.length} alarms against the experts' graph`,
    columns: ['', 'pairs', 'precision', 'recall', 'F1'],
    rows: rows.map(({ name, pairs, precision, recall, f1 }) => [name, pairs.length, precision, recall, f1]),
  });
  report.figure({ name: `${title}: learning the whole history`, value: seconds, unit: 's' });
  report.figure({ name: `${title}: learning as it comes`, value: microseconds, unit: 'µs per alarm' });
  return { learned: agree(asPairs(causes), experts), lagCount: agree(lagCountPairs(history), experts) };
}

export const name = 'learned causes against the graphs of experts';

export function run(report: BenchReport): void {
  const wireless = readRealRecording('huawei-18v-wireless');
  const microwave = readRealRecording('huawei-24v-microwave');
  if (wireless === null || microwave === null) {
    report.skip(`no recordings in ${sharedData}`);
    return;
  }
  const calm = measure(report, '18V wireless, no topology', { ...wireless, topology: null });
  const flood = measure(report, '24V microwave, with topology', microwave);
  const unit = 'of 1';
  const lagCount = 'lag count';
  report.figure({
    name: 'F1 on 18V (published best 0.5765)',
    value: calm.learned.f1,
    unit,
    at_least: 0.7,
    yardstick: { name: lagCount, value: calm.lagCount.f1 },
  });
  report.figure({
    name: 'precision on 24V (every pair: 0.248)',
    value: flood.learned.precision,
    unit,
    at_least: 0.5,
    yardstick: { name: lagCount, value: flood.lagCount.precision },
  });
}
