import { createCellGroup, watchCells } from '#engine/detection/cells/cell-group.ts';
import type { KpiReading } from '#engine/detection/cells/service-loss.ts';
import { createOnlineDetector, judge } from '#engine/detection/online-detector.ts';
import type { BenchReport } from '#test/bench/runner/report.ts';
import {
  type CellFault,
  type CellWorld,
  cellMetrics,
  sampleInterval,
  simulateCells,
} from '#test/support/cell-simulator/simulate-cells.ts';
import { oracleFlags, slotMedianFlags, trailingDayFlags } from './cell-yardsticks.ts';
import { addEvents, countEvents, type EventCount, eventF1, noEvents } from './event-score.ts';

export const name = 'sleeping cells in simulated networks';

/** Other networks than those that the limits were set on. */
const networks = [
  { seed: 11, cells: 30 },
  { seed: 12, cells: 48 },
];
const weeks = 8;
const oracleLimits = [0.3, 0.4, 0.45, 0.5, 0.55, 0.6];

interface Watched {
  readonly alone: ReadonlyMap<string, boolean[]>;
  readonly together: ReadonlyMap<string, boolean[]>;
  readonly anyKpi: EventCount;
  readonly samples: number;
  readonly seconds: number;
}

/** Runs the engine's detection over a network, sample time by sample time. */
function watch(world: CellWorld): Watched {
  const started = process.cpuUsage().user;
  const alone = new Map<string, boolean[]>();
  const anyKpi = noEvents();
  const ticks = Array.from({ length: world.samples }, () => new Map<string, KpiReading[]>());
  let samples = 0;
  for (const cell of world.cells) {
    for (const metricName of cellMetrics) {
      const detector = createOnlineDetector();
      let typical = 0;
      let seen = 0;
      const flags = cell.values[metricName].map((value, sample) => {
        if (value === null) return false;
        samples++;
        const finding = judge(detector, world.start + sample * sampleInterval, value);
        seen++;
        typical += (Math.abs(finding.baseline) - typical) / Math.min(seen, 672);
        const tick = ticks[sample];
        const readings = tick?.get(cell.cellId) ?? [];
        readings.push({ metricName, value, baseline: finding.baseline, typical });
        tick?.set(cell.cellId, readings);
        return finding.isAnomaly && finding.direction < 0;
      });
      if (metricName === 'traffic_mb') alone.set(cell.cellId, flags);
      addEvents(anyKpi, countEvents(flags, cell.faults, world.samples / 2));
    }
  }
  const group = createCellGroup();
  const together = new Map(world.cells.map(({ cellId }) => [cellId, new Array<boolean>(world.samples).fill(false)]));
  ticks.forEach((readings, sample) => {
    for (const { cellId, sleep } of watchCells(group, world.start + sample * sampleInterval, readings)) {
      const flags = together.get(cellId);
      if (sleep !== null && flags !== undefined) flags[sample] = true;
    }
  });
  return { alone, together, anyKpi, samples, seconds: (process.cpuUsage().user - started) / 1e6 };
}

export function run(report: BenchReport): void {
  const counts = new Map<string, EventCount>();
  const count = (way: string, more: EventCount): void => {
    const sum = counts.get(way) ?? noEvents();
    addEvents(sum, more);
    counts.set(way, sum);
  };
  const delays = new Map<string, number[]>();
  const kinds = new Map<string, number>();
  let cellWeeks = 0;
  let samples = 0;
  let seconds = 0;
  for (const network of networks) {
    const world = simulateCells({ ...network, weeks });
    const half = world.samples / 2;
    const watched = watch(world);
    samples += watched.samples;
    seconds += watched.seconds;
    cellWeeks += (network.cells * weeks) / 2;
    count('every KPI alone', watched.anyKpi);
    for (const cell of world.cells) {
      const values = cell.values.traffic_mb;
      const judgeFlags = (flags: readonly boolean[] | undefined) => countEvents(flags ?? [], cell.faults, half);
      count('trailing', judgeFlags(trailingDayFlags(values)));
      count('slots', judgeFlags(slotMedianFlags(values)));
      for (const limit of oracleLimits)
        count(`oracle ${limit}`, judgeFlags(oracleFlags(values, cell.expected.traffic_mb, limit)));
      count('alone', judgeFlags(watched.alone.get(cell.cellId)));
      const together = judgeFlags(watched.together.get(cell.cellId));
      count('together', together);
      for (const fault of cell.faults) {
        const kind = kindOf(fault);
        kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
        const delay = together.delays.get(fault);
        if (delay === undefined) continue;
        const received = values.slice(fault.from, fault.from + delay + 1).filter((value) => value !== null).length;
        delays.set(kind, [...(delays.get(kind) ?? []), received]);
      }
    }
  }
  const of = (way: string): EventCount => counts.get(way) ?? noEvents();
  const oracle = oracleLimits
    .map((limit) => of(`oracle ${limit}`))
    .reduce((best, one) => (eventF1(one) > eventF1(best) ? one : best));
  const rows: readonly (readonly [string, EventCount])[] = [
    ['z-score over the trailing 24 h', of('trailing')],
    ['median and MAD of the time of day', of('slots')],
    ['one series, falls', of('alone')],
    ['all KPIs of the cell, against its peers', of('together')],
    ['oracle (knows the series without noise and faults)', oracle],
  ];
  report.table({
    title: `${networks.map(({ cells }) => cells).join(' and ')} cells, ${weeks} weeks, judged in the second half`,
    columns: ['', 'event F1', 'found', 'missed', 'false alarms'],
    rows: rows.map(([way, one]) => [way, eventF1(one), one.found, one.missed, one.falseAlarms]),
  });
  report.table({
    title: 'samples until a sleeping cell is found (all KPIs, against its peers)',
    columns: ['loss', 'faults', 'found', 'median', 'latest'],
    rows: [...kinds].sort().map(([kind, number]) => {
      const sorted = (delays.get(kind) ?? []).toSorted((left, right) => left - right);
      return [kind, number, sorted.length, sorted[sorted.length >> 1] ?? 0, sorted.at(-1) ?? 0];
    }),
  });
  const yardstick = { name: 'oracle', value: eventF1(oracle) };
  report.figure({
    name: 'event F1, trailing 24 h z-score',
    value: eventF1(of('trailing')),
    unit: 'of 1',
    at_most: 0.2,
  });
  report.figure({ name: 'event F1, median and MAD per slot', value: eventF1(of('slots')), unit: 'of 1', at_most: 0.2 });
  report.figure({
    name: 'one series: share of the oracle’s event F1',
    value: eventF1(of('alone')) / eventF1(oracle),
    unit: 'of 1',
    at_least: 0.75,
    yardstick,
  });
  report.figure({
    name: 'peers and all KPIs: share of the oracle’s event F1',
    value: eventF1(of('together')) / eventF1(oracle),
    unit: 'of 1',
    at_least: 0.9,
    yardstick,
  });
  const severe = [...kinds.keys()].filter((kind) => /^(70|100) %, busy/.test(kind));
  const severeFaults = severe.reduce((sum, kind) => sum + (kinds.get(kind) ?? 0), 0);
  const inTime = severe.reduce((sum, kind) => sum + (delays.get(kind) ?? []).filter((delay) => delay <= 2).length, 0);
  report.figure({
    name: 'crippled and catatonic in busy hours, found within 2 received samples',
    value: inTime / severeFaults,
    unit: 'of 1',
    at_least: 0.95,
  });
  report.figure({
    name: 'false sleeping cells',
    value: of('together').falseAlarms / cellWeeks,
    unit: 'per cell-week',
    at_most: 1,
    yardstick: { name: 'six KPIs, each alone', value: of('every KPI alone').falseAlarms / cellWeeks },
  });
  report.figure({
    name: 'detection of cells, one core',
    value: samples / seconds,
    unit: 'samples/s',
    at_least: 50_000,
  });
}

function kindOf({ loss, busy }: CellFault): string {
  return `${Math.round(loss * 100)} %, ${busy ? 'busy' : 'quiet'} hours`;
}
