import type { BenchReport } from '#test/bench/runner/report.ts';
import { type Answer, type ScenarioScore, scoreScenario } from '#test/support/scoring/score.ts';
import { type Scenario, type ScenarioKind, scenarioKinds } from '#test/support/simulator/scenario.ts';
import { reportingSet, tuningSet } from '#test/support/simulator/seeds.ts';
import { simulate } from '#test/support/simulator/simulate.ts';
import { answerPedkai } from './pedkai.ts';
import { answerAlec } from './yardsticks/alec.ts';
import { emergencyEntities, toYardstickAlarms } from './yardsticks/input.ts';
import { answerOriginal } from './yardsticks/original.ts';
import { answerPerSite } from './yardsticks/per-site.ts';
import { answerUpperBound } from './yardsticks/upper-bound/explain.ts';

const contestants: Readonly<Record<string, (scenario: Scenario) => Answer>> = {
  Pedkai: (scenario) => answerPedkai(scenario.topology, scenario.alarms),
  'original system': (scenario) => answerOriginal(toYardstickAlarms(scenario.alarms), emergencyEntities(scenario)),
  'ALEC formula': (scenario) => answerAlec(scenario.topology, toYardstickAlarms(scenario.alarms)),
  'site + 5 min gap': (scenario) => answerPerSite(scenario, toYardstickAlarms(scenario.alarms)),
  'upper bound': answerUpperBound,
};
const rivals = ['original system', 'ALEC formula', 'site + 5 min gap'];

interface Result {
  readonly contestant: string;
  readonly recording: string;
  readonly kind: ScenarioKind;
  readonly score: ScenarioScore;
}

interface Mean {
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  readonly rand: number;
  readonly top1: number;
  readonly top3: number;
  readonly silent: number;
}

function mean(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
}

function summarise(results: readonly Result[]): Mean {
  const over = (read: (score: ScenarioScore) => number): number => mean(results.map((result) => read(result.score)));
  return {
    precision: over((score) => score.bCubed.precision),
    recall: over((score) => score.bCubed.recall),
    f1: over((score) => score.bCubed.f1),
    rand: over((score) => score.adjustedRandIndex),
    top1: over((score) => score.rootCause.top1),
    top3: over((score) => score.rootCause.top3),
    silent: over((score) => score.rootCause.silentTop1),
  };
}

export const name = 'accuracy on labelled recordings';

/**
 * Every contestant on every recording of the reporting set. `PEDKAI_BENCH_SET=tuning` takes the tuning set instead, leaves
 * out the upper bound, which takes minutes, and shows Pedkai recording by recording.
 */
export function run(report: BenchReport): void {
  const isTuning = process.env.PEDKAI_BENCH_SET === 'tuning';
  const set = isTuning ? tuningSet : reportingSet;
  const results: Result[] = [];
  let alarms = 0;
  for (const options of set) {
    const scenario = simulate(options);
    alarms += scenario.alarms.length;
    for (const [contestant, answer] of Object.entries(contestants)) {
      if (isTuning && contestant === 'upper bound') continue;
      const score = scoreScenario(scenario, answer(scenario));
      results.push({ contestant, recording: scenario.name, kind: options.kind, score });
    }
  }
  const of = (contestant: string, kind: ScenarioKind | null): Mean =>
    summarise(results.filter((result) => result.contestant === contestant && (kind === null || result.kind === kind)));

  for (const kind of [...scenarioKinds, null]) {
    report.table({
      title: kind === null ? `overall (${set.length} recordings, ${alarms} alarms)` : kind,
      columns: ['', 'B³ precision', 'B³ recall', 'B³ F1', 'adj. Rand', 'root top-1', 'root top-3', 'silent top-1'],
      rows: Object.keys(contestants)
        .filter((contestant) => results.some((result) => result.contestant === contestant))
        .map((contestant) => {
          const row = of(contestant, kind);
          return [contestant, row.precision, row.recall, row.f1, row.rand, row.top1, row.top3, row.silent];
        }),
    });
  }

  if (isTuning) {
    report.table({
      title: 'Pedkai, recording by recording',
      columns: ['', 'B³ precision', 'B³ recall', 'B³ F1', 'root top-1', 'root top-3'],
      rows: results
        .filter((result) => result.contestant === 'Pedkai')
        .map(({ recording, score: { bCubed, rootCause } }) => {
          return [recording, bCubed.precision, bCubed.recall, bCubed.f1, rootCause.top1, rootCause.top3];
        }),
    });
  }

  const best = (kind: ScenarioKind | null, read: (row: Mean) => number): { name: string; value: number } =>
    rivals
      .map((rival) => ({ name: rival, value: read(of(rival, kind)) }))
      .reduce((left, right) => (left.value >= right.value ? left : right));
  const f1 = (row: Mean): number => row.f1;
  const top1 = (row: Mean): number => row.top1;
  const pedkai = (kind: ScenarioKind | null): Mean => of('Pedkai', kind);
  const unit = 'of 1';
  report.figure({ name: 'B-cubed F1 overall', value: pedkai(null).f1, unit, at_least: 0.9, yardstick: best(null, f1) });
  report.figure({
    name: 'B-cubed F1 in storms',
    value: pedkai('storm').f1,
    unit,
    at_least: 0.75,
    yardstick: best('storm', f1),
  });
  report.figure({
    name: 'root cause top-1 overall',
    value: pedkai(null).top1,
    unit,
    at_least: 0.82,
    yardstick: best(null, top1),
  });
  const lead = pedkai(null).f1 - best(null, f1).value;
  report.figure({ name: 'F1 ahead of the best yardstick', value: lead, unit, at_least: 0.15 });
  const stormLead = pedkai('storm').f1 - best('storm', f1).value;
  report.figure({ name: 'F1 in storms ahead of the best yardstick', value: stormLead, unit, at_least: 0.15 });
  const rootLead = pedkai(null).top1 - best(null, top1).value;
  report.figure({ name: 'top-1 ahead of the best yardstick', value: rootLead, unit, at_least: 0.15 });
  if (!isTuning) {
    const share = pedkai(null).f1 / of('upper bound', null).f1;
    report.figure({ name: 'F1 as a share of the upper bound', value: share, unit, at_least: 0.93 });
  }
  const hardness = of('original system', null).f1;
  report.figure({ name: 'original system overall (is the simulator hard?)', value: hardness, unit, at_most: 0.65 });
  const stormHardness = of('original system', 'storm').f1;
  report.figure({ name: 'original system in storms (is it hard?)', value: stormHardness, unit, at_most: 0.35 });
  report.note(
    `Means over the recordings of the ${isTuning ? 'tuning' : 'reporting'} set; every recording counts alike.`,
  );
}
