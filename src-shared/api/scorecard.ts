import { z } from 'zod';
import { timestampSchema } from '#shared/vocabulary/time.ts';
import { procedure } from './procedure.ts';

/** Alarms that became active in one interval of ten minutes. */
export const alarmRatePointSchema = z.object({ at: timestampSchema, raised: z.int().nonnegative() });
export type AlarmRatePoint = z.infer<typeof alarmRatePointSchema>;

/**
 * How the alarm system and the people behind it did in a period. Limits after ISA-18.2 / IEC 62682: about 1 alarm in
 * 10 minutes is very likely acceptable, 2 the most that is manageable, more than 10 a flood.
 */
export const scorecardSchema = z.object({
  from: timestampSchema,
  to: timestampSchema,
  incidents_opened: z.int().nonnegative(),
  incidents_resolved: z.int().nonnegative(),
  /** Mean seconds from an incident's creation to its first acknowledgement; null when none was acknowledged. */
  mtta_seconds: z.number().nonnegative().nullable(),
  /** Mean seconds from an incident's creation to its resolution; null when none was resolved. */
  mttr_seconds: z.number().nonnegative().nullable(),
  alarms_raised: z.int().nonnegative(),
  clusters_formed: z.int().nonnegative(),
  /** Clusters of two alarms or more that began in the period, and how many of those people corrected. */
  clusters_judged: z.int().nonnegative(),
  clusters_corrected: z.int().nonnegative(),
  /** Share of clusters that nobody corrected; null without clusters. */
  correlation_quality: z.number().min(0).max(1).nullable(),
  /** 1 − clusters / raised alarms; null without alarms. */
  noise_reduction: z.number().nullable(),
  average_per_ten_minutes: z.number().nonnegative(),
  maximum_per_ten_minutes: z.int().nonnegative(),
  /** Share of ten-minute intervals with more than ten alarms. */
  flood_share: z.number().min(0).max(1),
  /** Every interval of the period, oldest first, empty ones included. */
  rate: z.array(alarmRatePointSchema),
  top_entities: z.array(z.object({ entity_id: z.string(), alarms: z.int().positive() })),
});
export type Scorecard = z.infer<typeof scorecardSchema>;

export const scorecardContract = {
  get: procedure('INCIDENT_READ')
    .route({ method: 'GET', path: '/scorecard', tags: ['Scorecard'] })
    .input(z.object({ from: timestampSchema, to: timestampSchema }))
    .output(scorecardSchema),
};
