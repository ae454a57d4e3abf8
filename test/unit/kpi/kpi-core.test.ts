import path from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type KpiCore, openKpiCore } from '#engine/kpi/kpi-core.ts';
import { findSeries, listAnomalies, listSleepingCells, readSeries } from '#engine/kpi/kpi-queries.ts';
import type { SleepingCellEvent } from '#engine/kpi/kpi-watch.ts';
import { rollUpOldBlocks } from '#engine/kpi/retention.ts';
import { openForReading, type ReadUnit, readerOf } from '#engine/store/database.ts';
import { createLogger } from '#engine/telemetry/logger.ts';
import { temporaryFolder } from '#test/support/engine/temporary-folder.ts';
import { createRandom } from '#test/support/simulator/random.ts';

const now = Date.parse('2026-11-22T12:00:00Z');
const quarter = 900_000;
const retention = { raw_days: 30, quarter_hour_days: 60, hour_days: 90 };

interface Opened {
  readonly core: KpiCore;
  readonly file: string;
  readonly events: SleepingCellEvent[];
}

function open(file = path.join(temporaryFolder(), 'kpi.db'), watches = true): Opened {
  const events: SleepingCellEvent[] = [];
  const logger = createLogger(
    () => undefined,
    'silent',
    () => now,
  );
  const core = openKpiCore(
    { databaseFile: file, synchronous: 'normal', retention, watches },
    logger,
    () => now,
    (event) => events.push(event),
  );
  return { core, file, events };
}

function read<T>(file: string, work: (unit: ReadUnit) => T): T {
  const client = openForReading(file);
  try {
    return readerOf(client).read(work);
  } finally {
    client.close();
  }
}

const workAll = (core: KpiCore): void => {
  while (core.work());
};

const sample = (time: number, value: number, entityId = 'CELL-1', metricName = 'traffic_mb') => ({
  entityId,
  metricName,
  time,
  value,
  source: null,
});

describe('the writer of measurements', () => {
  it('keeps late and repeated samples in order; the last one of a time counts, before and after folding', () => {
    const { core, file } = open();
    core.ingestParsed('acme', { samples: [sample(now - quarter, 2), sample(now - 2 * quarter, 1)], rejected: [] });
    core.ingestParsed('acme', { samples: [sample(now - quarter, 20)], rejected: [] });
    const values = () =>
      read(file, (unit) => {
        const id = findSeries(unit, 'acme', 'CELL-1', 'traffic_mb') ?? -1;
        return readSeries(unit, id, now - 86_400_000, now, 0).samples.map(({ value }) => value);
      });
    expect(values()).toEqual([1, 20]);
    core.close();
    expect(values()).toEqual([1, 20]);
    expect(read(file, (unit) => findSeries(unit, 'other', 'CELL-1', 'traffic_mb'))).toBeNull();
  });

  it('rolls up what is old, with min, max, mean and count, step by step', () => {
    const { core, file } = open(undefined, false);
    const from = now - 200 * 86_400_000;
    const samples = Array.from({ length: 200 * 96 }, (_, index) => sample(from + index * quarter, index % 96));
    core.ingestParsed('acme', { samples, rejected: [] });
    core.close();
    const client = new Database(file);
    onTestFinished(() => void client.close());
    while (rollUpOldBlocks(client, retention, now));
    const kept = client
      .prepare('SELECT resolution, count(*) AS blocks FROM blocks GROUP BY resolution ORDER BY resolution')
      .all();
    expect(kept.map((row) => Object.values(Object(row))[0])).toEqual([0, 900_000, 3_600_000, 86_400_000]);
    read(file, (unit) => {
      const id = findSeries(unit, 'acme', 'CELL-1', 'traffic_mb') ?? -1;
      const days = readSeries(unit, id, from, now, 86_400_000).buckets;
      expect(days.reduce((sum, { count }) => sum + count, 0)).toBe(samples.length);
      const whole = days.slice(1, -1);
      expect(whole.every(({ min, max, count }) => min === 0 && max === 95 && count === 96)).toBe(true);
    });
  });

  it('finds a cell that falls asleep among its peers, says when it wakes, and remembers over a restart', () => {
    const { core, file, events } = open();
    const random = createRandom(9, 'core');
    const cells = ['A', 'B', 'C', 'D', 'E'];
    const start = now - 10 * 86_400_000;
    const feed = (into: KpiCore, from: number, to: number, share: (cell: string, tick: number) => number) => {
      for (let tick = from; tick < to; tick++) {
        const usual = 100 + 80 * Math.sin((2 * Math.PI * (tick % 96)) / 96);
        const samples = cells.flatMap((cell) =>
          ['traffic_mb', 'rrc_users', 'handover_attempts'].map((metric) =>
            sample(start + tick * quarter, usual * share(cell, tick) * (1 + 0.05 * random.normal()), cell, metric),
          ),
        );
        into.ingestParsed('acme', { samples, rejected: [] });
      }
      workAll(into);
    };
    const slept = 9 * 96 + 20;
    feed(core, 0, slept + 6, (cell, tick) => (cell === 'C' && tick >= slept ? 0.02 : 1));
    expect(events.map(({ entityId }) => entityId)).toContain('C');
    expect(new Set(events.map(({ entityId }) => entityId)).size).toBe(1);
    expect(events[0]?.at).toBeLessThanOrEqual(start + (slept + 1) * quarter);
    expect(read(file, (unit) => listSleepingCells(unit, 'acme'))).toMatchObject([
      { entity_id: 'C', state: 'catatonic' },
    ]);
    expect(read(file, (unit) => listSleepingCells(unit, 'other'))).toEqual([]);
    const anomalies = read(file, (unit) => listAnomalies(unit, 'acme', { entityId: 'C', isOpen: true }, null, 10));
    expect(anomalies.map(({ direction }) => direction)).toContain('low');
    core.close();

    const again = open(file);
    workAll(again.core);
    expect(read(file, (unit) => listSleepingCells(unit, 'acme'))).toMatchObject([{ entity_id: 'C' }]);
    feed(again.core, slept + 6, slept + 20, () => 1);
    expect(again.events.at(-1)).toMatchObject({ entityId: 'C', state: null });
    expect(read(file, (unit) => listSleepingCells(unit, 'acme'))).toEqual([]);
    again.core.close();
  });

  it('refuses a file of a newer engine', () => {
    const { core, file } = open();
    core.close();
    const client = new Database(file);
    client.pragma('user_version = 99');
    client.close();
    expect(() => open(file)).toThrow(/newer engine/);
  });
});
