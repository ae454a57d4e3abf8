import { z } from 'zod';
import type { SqliteClient } from '../store/database.ts';
import {
  type Bucket,
  blockSpan,
  blockStart,
  combine,
  decodeBuckets,
  decodeSamples,
  encodeBuckets,
  type Resolution,
  rollUp,
} from './sample-blocks.ts';

/** How long measurements are kept at each resolution, days; by the day they are kept for ever. */
export interface KpiRetention {
  readonly raw_days: number;
  readonly quarter_hour_days: number;
  readonly hour_days: number;
}

const day = 86_400_000;
const rowSchema = z.object({ series_id: z.number(), start: z.number(), data: z.instanceof(Buffer) });
const blocksPerStep = 500;

/**
 * Rolls up what is older than its resolution is kept: raw → 15 min → hour → day, with min, max, sum and count. Works on at most
 * some hundred blocks and answers whether there is more to do.
 */
export function rollUpOldBlocks(client: SqliteClient, retention: KpiRetention, now: number): boolean {
  const steps: readonly (readonly [Resolution, Exclude<Resolution, 0>, number])[] = [
    [0, 900_000, retention.raw_days],
    [900_000, 3_600_000, retention.quarter_hour_days],
    [3_600_000, 86_400_000, retention.hour_days],
  ];
  const old = client.prepare(
    `SELECT series_id, start, data FROM blocks WHERE resolution = ? AND start <= ? ORDER BY resolution, start LIMIT ${blocksPerStep}`,
  );
  const read = client.prepare('SELECT data FROM blocks WHERE series_id = ? AND resolution = ? AND start = ?');
  const write = client.prepare(
    'INSERT INTO blocks (series_id, resolution, start, data) VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET data = excluded.data',
  );
  const remove = client.prepare('DELETE FROM blocks WHERE series_id = ? AND resolution = ? AND start = ?');
  let isMore = false;
  for (const [from, to, days] of steps) {
    const until = now - days * day - blockSpan(from);
    client
      .transaction(() => {
        const rows = z.array(rowSchema).parse(old.all(from, until));
        isMore ||= rows.length === blocksPerStep;
        for (const { series_id: seriesId, start, data } of rows) {
          const buckets = from === 0 ? rollUp(decodeSamples(data), to) : combine(decodeBuckets(data), to);
          const target = blockStart(to, start);
          const stored = z.object({ data: z.instanceof(Buffer) }).safeParse(read.get(seriesId, to, target));
          const known: Bucket[] = stored.success ? decodeBuckets(stored.data.data) : [];
          write.run(seriesId, to, target, encodeBuckets(combine([...known, ...buckets], to)));
          remove.run(seriesId, from, start);
        }
      })
      .immediate();
  }
  return isMore;
}
