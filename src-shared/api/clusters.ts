import { z } from 'zod';
import type { CorrectionKind } from '#shared/events/events.ts';
import { nameSchema, tenantIdSchema } from '#shared/vocabulary/identifiers.ts';
import { severitySchema } from '#shared/vocabulary/severity.ts';
import { timestampSchema } from '#shared/vocabulary/time.ts';
import { alarmSchema } from './alarms.ts';
import { pageOf, pagingFields } from './paging.ts';
import { procedure } from './procedure.ts';

/** Who or what may have caused a cluster. `alarm_id` is null when the entity raised no alarm itself. */
export const rootCauseSchema = z.object({
  entity_id: z.string(),
  alarm_id: z.string().nullable(),
  /** 0 to 1. */
  confidence: z.number().min(0).max(1),
  because: z.string(),
});
export type RootCause = z.infer<typeof rootCauseSchema>;

/** Alarms that belong to one happening. */
export const clusterSchema = z.object({
  cluster_id: z.string(),
  tenant_id: tenantIdSchema,
  /** Active while a member is not cleared. */
  state: z.enum(['active', 'cleared', 'merged']),
  title: z.string(),
  severity: severitySchema,
  alarm_count: z.int().nonnegative(),
  active_count: z.int().nonnegative(),
  entity_count: z.int().nonnegative(),
  /** Active members that a maintenance window suppresses; where that is all of them, nobody needs to act. */
  suppressed_count: z.int().nonnegative(),
  is_emergency_service: z.boolean(),
  root_cause: rootCauseSchema,
  /** The next best explanation, where there is one. */
  runner_up: rootCauseSchema.nullable(),
  first_raised_at: timestampSchema,
  last_raised_at: timestampSchema,
  changed_at: timestampSchema,
  incident_id: z.string().nullable(),
  /** Where the members went, when `state` is merged. */
  merged_into: z.string().nullable(),
});
export type Cluster = z.infer<typeof clusterSchema>;

/** A member and why it is here. `linked_to` is the alarm or entity that ties it in. `score` is 0 to 1. */
export const clusterMemberSchema = z.object({
  alarm: alarmSchema,
  because: z.string(),
  linked_to: z.string().nullable(),
  score: z.number().min(0).max(1),
});
export type ClusterMember = z.infer<typeof clusterMemberSchema>;

/** The situation in one page, from stored facts only. */
export const sitrepSchema = z.object({
  cluster_id: z.string(),
  title: z.string(),
  generated_at: timestampSchema,
  sections: z.array(z.object({ heading: z.string(), lines: z.array(z.string()) })),
});
export type Sitrep = z.infer<typeof sitrepSchema>;

/** What happened to a cluster as a whole; operator null: the engine. */
export const clusterTimelineEntrySchema = z.object({
  event_id: z.string(),
  at: timestampSchema,
  operator: z.string().nullable(),
  what: z.string(),
});
export type ClusterTimelineEntry = z.infer<typeof clusterTimelineEntrySchema>;

const clusterId = z.object({ cluster_id: z.string() });
const read = procedure('ALARM_READ');
const alarmIds = { alarm_ids: z.array(z.string()).min(1).max(25_000) };

/** A correction by a person: it holds for this happening, and is evidence for the next one. */
function correction<T extends z.ZodRawShape>(name: CorrectionKind, fields: T) {
  return procedure('ALARM_WRITE')
    .route({ method: 'POST', path: `/clusters/{cluster_id}/${name}`, tags: ['Clusters'] })
    .input(clusterId.extend({ ...fields, note: z.string().max(1024).optional() }))
    .output(clusterSchema);
}

export const clusterListInputSchema = z.object({ state: z.enum(['active', 'all']).default('active'), ...pagingFields });
export type ClusterListInput = z.infer<typeof clusterListInputSchema>;

export const clustersContract = {
  list: read
    .route({ method: 'GET', path: '/clusters', tags: ['Clusters'] })
    .input(clusterListInputSchema)
    .output(pageOf(clusterSchema)),
  get: read
    .route({ method: 'GET', path: '/clusters/{cluster_id}', tags: ['Clusters'] })
    .input(clusterId)
    .output(
      clusterSchema.extend({
        members: z.array(clusterMemberSchema),
        candidates: z.array(rootCauseSchema),
        timeline: z.array(clusterTimelineEntrySchema),
      }),
    ),
  sitrep: read
    .route({ method: 'GET', path: '/clusters/{cluster_id}/sitrep', tags: ['Clusters'] })
    .input(clusterId)
    .output(sitrepSchema),
  /** Makes a cluster of its own of some members; answers the new cluster. */
  split: correction('split', alarmIds),
  /** Puts some members into another cluster, or with null into one of their own; answers that cluster. */
  move: correction('move', { ...alarmIds, to: z.string().nullable() }),
  /** The whole cluster belongs to another; answers that one. */
  merge: correction('merge', { into: z.string() }),
  /** Says what the cause is: an alarm of the cluster, or an entity that raised none itself. */
  cause: correction('cause', { entity_id: nameSchema, alarm_id: z.string().optional() }),
  /** Takes some members out, and remembers that such alarms never belong together with such as stay. */
  apart: correction('apart', alarmIds),
};
