import { z } from 'zod';
import { conditionsSchema } from '#shared/vocabulary/condition.ts';
import { scheduleSchema } from '#shared/vocabulary/schedule.ts';
import { timestampSchema } from '#shared/vocabulary/time.ts';
import { alarmSchema } from './alarms.ts';
import { procedure } from './procedure.ts';

/** Planned work: what it makes alarm is suppressed, counted and still correlated. Emergency services are never suppressed. */
export const maintenanceInputSchema = z.object({
  name: z.string().min(1).max(128),
  reason: z.string().min(1).max(1024),
  conditions: conditionsSchema,
  /** An entity also counts as one that holds it: naming a site means everything in it. */
  with_contents: z.boolean().default(true),
  schedule: scheduleSchema,
});
export type MaintenanceInput = z.infer<typeof maintenanceInputSchema>;

export const maintenanceWindowSchema = maintenanceInputSchema.extend({
  window_id: z.string(),
  with_contents: z.boolean(),
  created_at: timestampSchema,
  created_by: z.string(),
  /** When a person ended it for good. */
  ended_at: timestampSchema.nullable(),
  ended_by: z.string().nullable(),
  state: z.enum(['planned', 'on', 'past', 'ended']),
  on_until: timestampSchema.nullable(),
  next_at: timestampSchema.nullable(),
  /** Live alarms that it suppresses now. */
  suppressed_now: z.int().nonnegative(),
});
export type MaintenanceWindow = z.infer<typeof maintenanceWindowSchema>;

/**
 * What makes noise, by the definitions that ISA-18.2 and EEMUA 191 are restated with: chattering, raised three or more times
 * within a minute; stale, standing for more than 24 hours without a break.
 */
export const noiseKinds = ['shelved', 'suppressed', 'flapping', 'chattering', 'stale'] as const;
export const noiseKindSchema = z.enum(noiseKinds);
export type NoiseKind = z.infer<typeof noiseKindSchema>;

export const noisyAlarmSchema = alarmSchema.extend({
  /** Since when it is so. */
  since: timestampSchema,
  /** For flapping: raises and clears; for chattering: raises within bursts in all; otherwise 0. */
  count: z.int().nonnegative(),
});
export type NoisyAlarm = z.infer<typeof noisyAlarmSchema>;

export const noiseSummarySchema = z.object({
  counts: z.record(noiseKindSchema, z.int().nonnegative()),
  /** A page of each list ends here; the counts are exact. */
  listed_at_most: z.int().positive(),
});

const read = procedure('ALARM_READ');
const write = procedure('ALARM_WRITE');
const windowId = z.object({ window_id: z.string() });

export const noiseContract = {
  summary: read.route({ method: 'GET', path: '/noise', tags: ['Noise'] }).output(noiseSummarySchema),
  list: read
    .route({ method: 'GET', path: '/noise/{kind}', tags: ['Noise'] })
    .input(z.object({ kind: noiseKindSchema }))
    .output(z.object({ items: z.array(noisyAlarmSchema) })),
};

export const maintenanceContract = {
  list: read
    .route({ method: 'GET', path: '/maintenance', tags: ['Maintenance'] })
    .output(z.object({ items: z.array(maintenanceWindowSchema) })),
  create: write
    .route({ method: 'POST', path: '/maintenance', successStatus: 201, tags: ['Maintenance'] })
    .input(maintenanceInputSchema)
    .output(maintenanceWindowSchema),
  /** Ends a window for good and gives back what it suppresses. */
  end: write
    .route({ method: 'POST', path: '/maintenance/{window_id}/end', tags: ['Maintenance'] })
    .input(windowId)
    .output(maintenanceWindowSchema),
};
