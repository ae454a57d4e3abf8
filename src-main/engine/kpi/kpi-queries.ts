import { z } from 'zod';
import type { ReadUnit } from '../store/database.ts';
import {
  type Bucket,
  blockSpan,
  combine,
  decodeBuckets,
  decodeSamples,
  mergeSamples,
  type Resolution,
  resolutions,
  rollUp,
  type Sample,
} from './sample-blocks.ts';

const seriesIdSchema = z.object({ series_id: z.number() });
const blockSchema = z.object({ resolution: z.number(), data: z.instanceof(Buffer) });
const sampleSchema = z.object({ time: z.number(), value: z.number() });

/** A series between two times: the samples as they are, or buckets of them. */
export interface SeriesPart {
  readonly samples: readonly Sample[];
  /** What has been rolled up already, or was asked for in buckets. */
  readonly buckets: readonly Bucket[];
}

export function findSeries(unit: ReadUnit, tenantId: string, entityId: string, metricName: string): number | null {
  const row = unit
    .statement('SELECT series_id FROM series WHERE tenant_id = ? AND entity_id = ? AND metric_name = ?')
    .get(tenantId, entityId, metricName);
  return row === undefined ? null : seriesIdSchema.parse(row).series_id;
}

/** Reads `[from, to)`. Rolled-up parts come as the finest buckets that are left, or in `resolution` where that is coarser. */
export function readSeries(
  unit: ReadUnit,
  seriesId: number,
  from: number,
  to: number,
  resolution: Resolution,
): SeriesPart {
  const inside = (time: number): boolean => time >= from && time < to;
  const blocks = resolutions.flatMap((kept) =>
    z
      .array(blockSchema)
      .parse(
        unit
          .statement(
            'SELECT resolution, data FROM blocks WHERE series_id = ? AND resolution = ? AND start > ? AND start < ? ORDER BY start',
          )
          .all(seriesId, kept, from - blockSpan(kept), to),
      ),
  );
  const stored = blocks.filter((block) => block.resolution === 0).flatMap(({ data }) => decodeSamples(data));
  const waiting = z
    .array(sampleSchema)
    .parse(unit.statement('SELECT time, value FROM inbox WHERE series_id = ? ORDER BY position').all(seriesId));
  const samples = (waiting.length === 0 ? stored : mergeSamples(stored, waiting)).filter(({ time }) => inside(time));
  const rolled = blocks
    .filter((block) => block.resolution !== 0)
    .flatMap(({ resolution: width, data }) =>
      decodeBuckets(data).filter(({ start }) => start + width > from && start < to),
    )
    .sort((left, right) => left.start - right.start);
  if (resolution === 0) return { samples, buckets: rolled };
  return { samples: [], buckets: combine([...rolled, ...rollUp(samples, resolution)], resolution) };
}

const knownSeriesSchema = z.object({
  entity_id: z.string(),
  metric_name: z.string(),
  source: z.string().nullable(),
  last_time: z.number(),
});
export type KnownSeries = z.infer<typeof knownSeriesSchema>;

/** What is measured of a tenant's entities, or of one. */
export function listSeries(unit: ReadUnit, tenantId: string, entityId: string | null, limit: number): KnownSeries[] {
  const rows =
    entityId === null
      ? unit
          .statement(
            'SELECT entity_id, metric_name, source, last_time FROM series WHERE tenant_id = ? ORDER BY entity_id, metric_name LIMIT ?',
          )
          .all(tenantId, limit)
      : unit
          .statement(
            'SELECT entity_id, metric_name, source, last_time FROM series WHERE tenant_id = ? AND entity_id = ? ORDER BY metric_name LIMIT ?',
          )
          .all(tenantId, entityId, limit);
  return z.array(knownSeriesSchema).parse(rows);
}

export const anomalyRowSchema = z.object({
  anomaly_id: z.string(),
  entity_id: z.string(),
  metric_name: z.string(),
  started_at: z.number(),
  ended_at: z.number().nullable(),
  direction: z.enum(['low', 'high']),
  score: z.number(),
  z_score: z.number(),
  baseline_mean: z.number(),
  current_value: z.number(),
});
export type AnomalyRow = z.infer<typeof anomalyRowSchema>;

/** Anomalies, the newest first; after `before` where a page was read already. */
export function listAnomalies(
  unit: ReadUnit,
  tenantId: string,
  filter: { readonly entityId: string | null; readonly isOpen: boolean },
  before: readonly [startedAt: number, anomalyId: string] | null,
  limit: number,
): AnomalyRow[] {
  const [startedAt, anomalyId] = before ?? [Number.MAX_SAFE_INTEGER, '~'];
  return z.array(anomalyRowSchema).parse(
    unit
      .statement(
        `SELECT anomaly_id, entity_id, metric_name, started_at, ended_at, direction, score, z_score, baseline_mean, current_value
           FROM anomalies WHERE tenant_id = @tenantId AND (started_at, anomaly_id) < (@startedAt, @anomalyId)
             AND (@entityId IS NULL OR entity_id = @entityId) AND (@isOpen = 0 OR ended_at IS NULL)
           ORDER BY started_at DESC, anomaly_id DESC LIMIT @limit`,
      )
      .all({ tenantId, startedAt, anomalyId, entityId: filter.entityId, isOpen: filter.isOpen ? 1 : 0, limit }),
  );
}

const sleepingRowSchema = z.object({
  entity_id: z.string(),
  since: z.number(),
  state: z.enum(['degraded', 'crippled', 'catatonic']),
  loss: z.number(),
  z_score: z.number(),
  ended_at: z.number().nullable(),
});
export type SleepingRow = z.infer<typeof sleepingRowSchema>;

/** Cells that sleep now, the worst first. */
export function listSleepingCells(unit: ReadUnit, tenantId: string): SleepingRow[] {
  return z
    .array(sleepingRowSchema)
    .parse(
      unit
        .statement(
          'SELECT entity_id, since, state, loss, z_score, ended_at FROM sleeping_cells WHERE tenant_id = ? AND ended_at IS NULL ORDER BY loss DESC, since',
        )
        .all(tenantId),
    );
}
