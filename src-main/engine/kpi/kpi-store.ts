import { z } from 'zod';
import type { SqliteClient } from '../store/database.ts';
import type { ReceivedSample } from './parse-samples.ts';
import { blockStart, decodeSamples, encodeSamples, mergeSamples, type Sample } from './sample-blocks.ts';

/** A sample whose series is known by its number. */
export interface SeriesSampleRow extends Sample {
  readonly seriesId: number;
}

export interface SeriesKey {
  readonly seriesId: number;
  readonly tenantId: string;
  readonly entityId: string;
  readonly metricName: string;
}

/**
 * Writes samples. They are appended to an inbox, which is quick and makes them safe, and folded from there into the blocks of
 * their series. Of two samples of the same series and time the one that came later counts.
 */
export interface KpiStore {
  /** Appends samples in one transaction and answers them with their series. */
  append(tenantId: string, samples: readonly ReceivedSample[]): SeriesSampleRow[];
  seriesOf(seriesId: number): SeriesKey | undefined;
  /** How many samples wait in the inbox. */
  waiting(): number;
  /** Folds the inbox into blocks. */
  fold(): void;
  /** The days, by their start, of which there are samples from a time on; the inbox must be folded. */
  daysFrom(from: number): number[];
  /** All samples of a day; the inbox must be folded. */
  readDay(start: number): SeriesSampleRow[];
  /** Time of the newest sample of all; null when there is none. */
  newest(): number | null;
  /** The samples of a series from a time on, in order; the inbox must be folded. */
  read(seriesId: number, from: number): Sample[];
}

const seriesSchema = z.object({
  series_id: z.number(),
  tenant_id: z.string(),
  entity_id: z.string(),
  metric_name: z.string(),
});
const inboxSchema = z.tuple([z.number(), z.number(), z.number()]);
const dayBlockSchema = z.object({ series_id: z.number(), data: z.instanceof(Buffer) });
const blockSchema = z.object({ data: z.instanceof(Buffer) });

export function createKpiStore(client: SqliteClient): KpiStore {
  const insertSeries = client.prepare(
    `INSERT INTO series (tenant_id, entity_id, metric_name, source, last_time) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (tenant_id, entity_id, metric_name) DO UPDATE SET last_time = max(last_time, excluded.last_time)
     RETURNING series_id`,
  );
  const touch = client.prepare('UPDATE series SET last_time = max(last_time, ?) WHERE series_id = ?');
  const insertSample = client.prepare('INSERT INTO inbox (series_id, time, value) VALUES (?, ?, ?)');
  const inboxRows = client.prepare('SELECT series_id, time, value FROM inbox ORDER BY position').raw();
  const emptyInbox = client.prepare('DELETE FROM inbox');
  const readBlock = client.prepare('SELECT data FROM blocks WHERE series_id = ? AND resolution = 0 AND start = ?');
  const readBlocks = client.prepare(
    'SELECT data FROM blocks WHERE series_id = ? AND resolution = 0 AND start >= ? ORDER BY start',
  );
  const writeBlock = client.prepare(
    'INSERT INTO blocks (series_id, resolution, start, data) VALUES (?, 0, ?, ?) ON CONFLICT DO UPDATE SET data = excluded.data',
  );
  const days = client
    .prepare('SELECT DISTINCT start FROM blocks WHERE resolution = 0 AND start >= ? ORDER BY start')
    .pluck();
  const dayBlocks = client.prepare('SELECT series_id, data FROM blocks WHERE resolution = 0 AND start = ?');
  const newest = client.prepare('SELECT max(last_time) FROM series').pluck();
  const known = new Map<string, number>();
  const keys = new Map<number, SeriesKey>();
  for (const row of z.array(seriesSchema).parse(client.prepare('SELECT * FROM series').all())) {
    known.set(keyOf(row.tenant_id, row.entity_id, row.metric_name), row.series_id);
    keys.set(row.series_id, {
      seriesId: row.series_id,
      tenantId: row.tenant_id,
      entityId: row.entity_id,
      metricName: row.metric_name,
    });
  }
  let inboxSize = z.number().parse(client.prepare('SELECT count(*) FROM inbox').pluck().get());

  const seriesIdOf = (tenantId: string, sample: ReceivedSample): number => {
    const key = keyOf(tenantId, sample.entityId, sample.metricName);
    const found = known.get(key);
    if (found !== undefined) return found;
    const row = insertSeries.get(tenantId, sample.entityId, sample.metricName, sample.source, sample.time);
    const { series_id: seriesId } = z.object({ series_id: z.number() }).parse(row);
    known.set(key, seriesId);
    keys.set(seriesId, { seriesId, tenantId, entityId: sample.entityId, metricName: sample.metricName });
    return seriesId;
  };

  const append = (tenantId: string, samples: readonly ReceivedSample[]): SeriesSampleRow[] => {
    const latest = new Map<number, number>();
    const rows = samples.map((sample) => {
      const seriesId = seriesIdOf(tenantId, sample);
      insertSample.run(seriesId, sample.time, sample.value);
      if (sample.time > (latest.get(seriesId) ?? Number.NEGATIVE_INFINITY)) latest.set(seriesId, sample.time);
      return { seriesId, time: sample.time, value: sample.value };
    });
    for (const [seriesId, time] of latest) touch.run(time, seriesId);
    return rows;
  };

  const fold = (): void => {
    const groups = new Map<number, Map<number, Sample[]>>();
    for (const row of inboxRows.iterate()) {
      const [seriesId, time, value] = inboxSchema.parse(row);
      const start = blockStart(0, time);
      const days = groups.get(seriesId) ?? new Map<number, Sample[]>();
      groups.set(seriesId, days);
      const samples = days.get(start);
      if (samples === undefined) days.set(start, [{ time, value }]);
      else samples.push({ time, value });
    }
    for (const [seriesId, days] of groups)
      for (const [start, samples] of days) {
        const row = blockSchema.safeParse(readBlock.get(seriesId, start));
        const stored = row.success ? decodeSamples(row.data.data) : [];
        writeBlock.run(seriesId, start, encodeSamples(mergeSamples(stored, samples)));
      }
    emptyInbox.run();
  };

  return {
    append(tenantId, samples) {
      try {
        const rows = client.transaction(() => append(tenantId, samples)).immediate();
        inboxSize += rows.length;
        return rows;
      } catch (error) {
        // Series that were made in the transaction are gone with it.
        for (const { entityId, metricName } of samples) known.delete(keyOf(tenantId, entityId, metricName));
        throw error;
      }
    },
    seriesOf: (seriesId) => keys.get(seriesId),
    waiting: () => inboxSize,
    fold() {
      if (inboxSize === 0) return;
      client.transaction(fold).immediate();
      inboxSize = 0;
    },
    daysFrom: (from) => z.array(z.number()).parse(days.all(blockStart(0, from))),
    readDay: (start) =>
      z
        .array(dayBlockSchema)
        .parse(dayBlocks.all(start))
        .flatMap(({ series_id: seriesId, data }) => decodeSamples(data).map((sample) => ({ seriesId, ...sample }))),
    newest: () => z.number().nullable().parse(newest.get()),
    read: (seriesId, from) =>
      z
        .array(blockSchema)
        .parse(readBlocks.all(seriesId, blockStart(0, from)))
        .flatMap(({ data }) => decodeSamples(data))
        .filter(({ time }) => time >= from),
  };
}

function keyOf(tenantId: string, entityId: string, metricName: string): string {
  return `${tenantId}\n${entityId}\n${metricName}`;
}
