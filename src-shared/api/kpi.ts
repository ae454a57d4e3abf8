import { z } from 'zod';
import { timestampSchema } from '#shared/vocabulary/time.ts';
import { pageOf, pagingFields } from './paging.ts';
import { procedure } from './procedure.ts';

/** One point of a series: a sample, or a bucket with its mean as value. */
export const kpiPointSchema = z.object({
  timestamp: timestampSchema,
  value: z.number(),
  /** Of a bucket only. */
  min: z.number().optional(),
  max: z.number().optional(),
  count: z.int().optional(),
  /** What was expected, and whether it was an anomaly: of samples, where the baseline was asked for. */
  baseline: z.number().optional(),
  anomaly: z.boolean().optional(),
});
export type KpiPoint = z.infer<typeof kpiPointSchema>;

/** How finely a series is read: the samples themselves, or buckets of them. */
export const kpiResolutionSchema = z.enum(['raw', '15m', '1h', '1d']);
export type KpiResolution = z.infer<typeof kpiResolutionSchema>;

export const kpiSeriesInputSchema = z.object({
  entity_id: z.string().min(1).max(256),
  metric_name: z.string().min(1).max(256),
  from: timestampSchema,
  to: timestampSchema,
  resolution: kpiResolutionSchema.default('raw'),
  /** Leaves out points where there are more than this; the lowest and the highest of each stretch stay. */
  max_points: z.coerce.number().pipe(z.int().min(10).max(200_000)).default(100_000),
  /** Adds what was expected of each sample, as detection would have said at the time. */
  baseline: z.enum(['true', 'false']).default('false'),
});

export const kpiSeriesSchema = z.object({
  entity_id: z.string(),
  metric_name: z.string(),
  resolution: kpiResolutionSchema,
  /** How many points there were before points were left out. */
  total_points: z.int(),
  points: z.array(kpiPointSchema),
});
export type KpiSeries = z.infer<typeof kpiSeriesSchema>;

/** A stretch of values that the baseline does not explain. */
export const anomalySchema = z.object({
  anomaly_id: z.string(),
  tenant_id: z.string(),
  entity_id: z.string(),
  metric_name: z.string(),
  started_at: timestampSchema,
  ended_at: timestampSchema.nullable(),
  direction: z.enum(['low', 'high']),
  /** The highest in the stretch, 0–1. */
  score: z.number(),
  /** Of the most extreme value: how far it was from the baseline, in usual deviations. */
  z_score: z.number(),
  baseline_mean: z.number(),
  current_value: z.number(),
});
export type KpiAnomaly = z.infer<typeof anomalySchema>;

/** A cell that serves less than it should while cells of its kind do not. */
export const sleepingCellSchema = z.object({
  tenant_id: z.string(),
  entity_id: z.string(),
  name: z.string(),
  state: z.enum(['degraded', 'crippled', 'catatonic']),
  /** Share of its service that is lost, 0–1. */
  loss: z.number(),
  z_score: z.number(),
  since: timestampSchema,
  /** Alarms of other sources that stand on the cell: with any, it is not silent. */
  alarms: z.int(),
});
export type SleepingCell = z.infer<typeof sleepingCellSchema>;

/** Something that is measured. */
export const kpiMetricSchema = z.object({
  entity_id: z.string(),
  metric_name: z.string(),
  source: z.string().nullable(),
  last_sample_at: timestampSchema,
  /** Whether the topology knows the entity; measurements of others are kept apart. */
  is_known_entity: z.boolean(),
});
export type KpiMetric = z.infer<typeof kpiMetricSchema>;

/** What became of samples that were sent. */
export const kpiIngestOutputSchema = z.object({
  accepted: z.int(),
  rejected: z.array(z.object({ line: z.int(), code: z.string(), message: z.string() })),
});
export type KpiIngestOutput = z.infer<typeof kpiIngestOutputSchema>;

export const kpiContract = {
  series: procedure('KPI_READ')
    .route({ method: 'GET', path: '/kpi/series', tags: ['KPIs'] })
    .input(kpiSeriesInputSchema)
    .output(kpiSeriesSchema),
  anomalies: procedure('KPI_READ')
    .route({ method: 'GET', path: '/kpi/anomalies', tags: ['KPIs'] })
    .input(
      z.object({
        ...pagingFields,
        entity_id: z.string().optional(),
        state: z.enum(['open', 'all']).default('all'),
      }),
    )
    .output(pageOf(anomalySchema)),
  /** Cells that sleep now, the worst first. */
  sleeping: procedure('KPI_READ')
    .route({ method: 'GET', path: '/kpi/sleeping-cells', tags: ['KPIs'] })
    .output(z.object({ items: z.array(sleepingCellSchema) })),
  /** What is measured, of one entity or of all. */
  metrics: procedure('KPI_READ')
    .route({ method: 'GET', path: '/kpi/metrics', tags: ['KPIs'] })
    .input(z.object({ entity_id: z.string().optional(), entities: z.enum(['all', 'unknown']).default('all') }))
    .output(z.object({ items: z.array(kpiMetricSchema) })),
};
