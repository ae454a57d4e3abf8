import { z } from 'zod';
import { tenantIdSchema } from '#shared/vocabulary/identifiers.ts';
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

const clusterId = z.object({ cluster_id: z.string() });
const read = procedure('ALARM_READ');

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
    .output(clusterSchema.extend({ members: z.array(clusterMemberSchema), candidates: z.array(rootCauseSchema) })),
  sitrep: read
    .route({ method: 'GET', path: '/clusters/{cluster_id}/sitrep', tags: ['Clusters'] })
    .input(clusterId)
    .output(sitrepSchema),
};
