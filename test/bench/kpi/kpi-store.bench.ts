import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openKpiCore } from '#engine/kpi/kpi-core.ts';
import { kpiFileName } from '#engine/kpi/kpi-database.ts';
import { findSeries, readSeries } from '#engine/kpi/kpi-queries.ts';
import { openForReading, readerOf } from '#engine/store/database.ts';
import { createLogger } from '#engine/telemetry/logger.ts';
import type { BenchReport } from '#test/bench/runner/report.ts';

export const name = 'storing and reading measurements';

const quarter = 900_000;
const day = 86_400_000;
const days = 90;
const entities = 200;
const metrics = 6;
/** A request holds so many samples. */
const perRequest = 20_000;
const reads = 30;

/** Seconds that this process has been computing: others on the machine do not count. */
function cpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

/** 10.4 million samples: 1,200 series over 90 days, in the order in which a network sends them. */
export function run(report: BenchReport): void {
  const folder = mkdtempSync(path.join(tmpdir(), 'pedkai-kpi-'));
  const file = path.join(folder, kpiFileName);
  const now = Math.floor(Date.now() / day) * day;
  const logger = createLogger(
    () => undefined,
    'silent',
    () => now,
  );
  const core = openKpiCore(
    {
      databaseFile: file,
      synchronous: 'full',
      retention: { raw_days: 100, quarter_hour_days: 400, hour_days: 1100 },
      watches: false,
    },
    logger,
    () => now,
    () => undefined,
  );
  try {
    const started = performance.now();
    const cpuStarted = cpuSeconds();
    let stored = 0;
    let batch = [];
    for (let tick = 0; tick < days * 96; tick++) {
      const time = now - days * day + tick * quarter;
      for (let entity = 0; entity < entities; entity++)
        for (let metric = 0; metric < metrics; metric++)
          batch.push({
            entityId: `CELL-${entity}`,
            metricName: `metric_${metric}`,
            time,
            value: (tick * 7 + entity) % 997,
            source: null,
          });
      if (batch.length < perRequest) continue;
      stored += core.ingestParsed('acme', { samples: batch, rejected: [] }).accepted;
      batch = [];
    }
    stored += core.ingestParsed('acme', { samples: batch, rejected: [] }).accepted;
    const seconds = (performance.now() - started) / 1000;
    const busySeconds = cpuSeconds() - cpuStarted;

    const body = {
      format: 'ndjson',
      text: Array.from({ length: perRequest }, (_, index) =>
        JSON.stringify({
          entity_id: `CELL-${index % entities}`,
          metric_name: 'metric_1',
          timestamp: new Date(now + Math.floor(index / entities) * 1000).toISOString(),
          value: index,
        }),
      ).join('\n'),
    } as const;
    const parsedAt = cpuSeconds();
    for (let request = 0; request < 5; request++) core.ingest('acme', body);
    const withParsing = (5 * perRequest) / (cpuSeconds() - parsedAt);

    const client = openForReading(file);
    const reader = readerOf(client);
    const times: number[] = [];
    for (let number = 0; number < reads; number++) {
      const readAt = performance.now();
      const { samples } = reader.read((unit) => {
        const id = findSeries(unit, 'acme', `CELL-${(number * 37) % entities}`, `metric_${number % metrics}`) ?? -1;
        return readSeries(unit, id, now - days * day, now, 0);
      });
      times.push(performance.now() - readAt);
      if (samples.length !== days * 96) throw new Error(`read ${samples.length} samples`);
    }
    client.close();
    times.sort((left, right) => left - right);
    report.note(`${stored} samples stored, ${Math.round(statSync(file).size / stored)} bytes each`);
    const target = { unit: 'samples/s', at_least: 50_000 };
    report.figure({
      name: 'samples to disk (synchronous=full, requests of 20,000), by time of one core',
      value: stored / busySeconds,
      ...target,
    });
    report.figure({ name: 'the same, by the clock', value: stored / seconds, unit: 'samples/s' });
    report.figure({ name: 'from JSON lines, checked, by time of one core', value: withParsing, ...target });
    report.figure({
      name: `one metric of one entity, 90 days from ${(stored / 1e6).toFixed(1)} million: median`,
      value: times[reads >> 1] ?? 0,
      unit: 'ms',
      at_most: 30,
    });
    report.figure({ name: 'the same, the slowest of 30', value: times.at(-1) ?? 0, unit: 'ms' });
  } finally {
    core.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
