import { describe, expect, it } from 'vitest';
import { type CellGroup, createCellGroup, watchCells } from '#engine/detection/cells/cell-group.ts';
import { choosePeers, createWeekShape, likeness, noteExpected } from '#engine/detection/cells/peers.ts';
import { type KpiReading, measuresService, servedShare } from '#engine/detection/cells/service-loss.ts';
import { createRandom } from '#test/support/simulator/random.ts';

const quarter = 15 * 60_000;
const monday = Date.UTC(2026, 0, 5);
const names = ['A', 'B', 'C', 'D', 'E', 'F'];

const usualAt = (tick: number): number => 100 + 80 * Math.sin((2 * Math.PI * (tick % 96)) / 96);

/** Five days of six alike cells; `served` is the share that a cell serves at a tick. */
function run(
  served: (cell: string, tick: number) => number,
  ticks = 96 * 5,
): { group: CellGroup; asleep: Map<string, string[]> } {
  const random = createRandom(5, 'cells');
  const group = createCellGroup();
  const asleep = new Map<string, string[]>();
  for (let tick = 0; tick < ticks; tick++) {
    const usual = usualAt(tick);
    const readings = new Map(
      names.map((cell): [string, KpiReading[]] => [
        cell,
        ['traffic_mb', 'rrc_users', 'handover_attempts', 'call_drop_rate'].map((metricName) => ({
          metricName,
          value: usual * served(cell, tick) * (1 + 0.05 * random.normal()),
          baseline: usual,
          typical: 100,
        })),
      ]),
    );
    for (const { cellId, sleep } of watchCells(group, monday + tick * quarter, readings))
      if (sleep !== null) asleep.set(cellId, [...(asleep.get(cellId) ?? []), sleep.state]);
  }
  return { group, asleep };
}

describe('sleeping cells', () => {
  it('are none while all serve as usual', () => {
    expect(run(() => 1).asleep.size).toBe(0);
  });

  it.each([
    [0, 'catatonic'],
    [0.3, 'crippled'],
    [0.7, 'degraded'],
  ])('are found when one cell serves %d of the usual', (share, state) => {
    const { asleep } = run((cell, tick) => (cell === 'C' && tick >= 440 ? share : 1));
    expect([...asleep.keys()]).toEqual(['C']);
    expect(asleep.get('C')?.at(-1)).toBe(state);
  });

  it('are found within two samples when they lost most of their service, and wake up again', () => {
    const { asleep } = run((cell, tick) => (cell === 'C' && tick >= 440 && tick < 460 ? 0.1 : 1));
    const samples = asleep.get('C')?.length ?? 0;
    expect(samples).toBeGreaterThanOrEqual(18);
    expect(samples).toBeLessThanOrEqual(26);
  });

  it('are none when everybody serves less: a holiday is no fault', () => {
    expect(run((_, tick) => (tick >= 400 ? 0.4 : 1)).asleep.size).toBe(0);
  });

  it('are none for one sample of counters that were reset', () => {
    const random = createRandom(5, 'reset');
    const group = createCellGroup();
    const found = Array.from({ length: 480 }, (_, tick) => {
      const reading = (metricName: string, factor: number): KpiReading => ({
        metricName,
        value: usualAt(tick) * factor * (1 + 0.05 * random.normal()),
        baseline: usualAt(tick),
        typical: 100,
      });
      const reset = tick === 450 ? 0.02 : 1;
      const readings = [
        reading('traffic_mb', reset),
        reading('handover_attempts', reset),
        reading('rrc_users', 1),
        reading('prb_utilisation', 1),
      ];
      return watchCells(group, monday + tick * quarter, new Map([['A', readings]]));
    });
    expect(found.flat().some(({ sleep }) => sleep !== null)).toBe(false);
  });
});

describe('what a cell serves', () => {
  it('is measured by what it carries, not by what goes wrong in it', () => {
    expect(
      ['traffic_mb', 'rrc_users', 'handover_attempts', 'prb_utilisation', 'dl_throughput'].every(measuresService),
    ).toBe(true);
    expect(['call_drop_rate', 'rrc_setup_failures', 'packet_loss', 'latency_ms', 'sinr'].some(measuresService)).toBe(
      false,
    );
  });

  it('is unknown without a KPI that tells it', () => {
    expect(servedShare([{ metricName: 'latency_ms', value: 1, baseline: 2, typical: 2 }])).toBeNull();
    expect(servedShare([])).toBeNull();
  });
});

describe('peers', () => {
  it('are the cells whose weeks look alike', () => {
    const shapeOf = (centre: number) => {
      const shape = createWeekShape();
      for (let hour = 0; hour < 168; hour++)
        noteExpected(shape, monday + hour * 3_600_000, 10 + 90 * Math.exp(-(((hour % 24) - centre) ** 2) / 18));
      return shape;
    };
    const shapes = new Map([
      ['home-1', shapeOf(20)],
      ['home-2', shapeOf(20)],
      ['work-1', shapeOf(11)],
      ['work-2', shapeOf(11)],
    ]);
    expect(likeness(shapeOf(20), shapeOf(20))).toBeCloseTo(1);
    const peers = choosePeers(shapes, () => false);
    expect(peers.get('home-1')).toEqual(['home-2']);
    expect(peers.get('work-2')).toEqual(['work-1']);
  });
});
