import { z } from 'zod';
import { freeTextSchema, nameSchema, tenantIdSchema } from '#shared/vocabulary/identifiers.ts';
import { incidentStateSchema } from '#shared/vocabulary/incident-state.ts';
import { severitySchema } from '#shared/vocabulary/severity.ts';
import { timestampSchema } from '#shared/vocabulary/time.ts';
import { pageOf, pagingFields } from './paging.ts';
import { procedure } from './procedure.ts';

/** The case that people work. */
export const incidentSchema = z.object({
  incident_id: z.string(),
  tenant_id: tenantIdSchema,
  cluster_id: z.string().nullable(),
  entity_id: z.string().nullable(),
  title: z.string(),
  severity: severitySchema,
  state: incidentStateSchema,
  owner: z.string().nullable(),
  is_emergency_service: z.boolean(),
  /** Members of the cluster behind it; 0 without a cluster. */
  alarm_count: z.int().nonnegative(),
  active_count: z.int().nonnegative(),
  created_at: timestampSchema,
  changed_at: timestampSchema,
  acknowledged_at: timestampSchema.nullable(),
  resolved_at: timestampSchema.nullable(),
  closed_at: timestampSchema.nullable(),
});
export type Incident = z.infer<typeof incidentSchema>;

export const incidentTimelineEntrySchema = z.object({
  event_id: z.string(),
  at: timestampSchema,
  /** Null: the engine. */
  operator: z.string().nullable(),
  what: z.string(),
});
export type IncidentTimelineEntry = z.infer<typeof incidentTimelineEntrySchema>;

const incidentId = z.object({ incident_id: z.string() });
const note = { note: freeTextSchema.optional() };
const read = procedure('INCIDENT_READ');
const write = procedure('INCIDENT_WRITE');

function move(name: 'ack' | 'resolve' | 'close' | 'reopen') {
  return write
    .route({ method: 'POST', path: `/incidents/{incident_id}/${name}`, tags: ['Incidents'] })
    .input(incidentId.extend(note))
    .output(incidentSchema);
}

export const incidentListInputSchema = z.object({
  state: z.enum([...incidentStateSchema.options, 'open', 'all']).default('all'),
  ...pagingFields,
});
export type IncidentListInput = z.infer<typeof incidentListInputSchema>;

export const incidentCreateInputSchema = z.object({
  title: z.string().min(1).max(512),
  severity: severitySchema,
  entity_id: nameSchema.optional(),
  cluster_id: z.string().optional(),
  note: freeTextSchema.optional(),
});
export type IncidentCreateInput = z.infer<typeof incidentCreateInputSchema>;

export const incidentPatchInputSchema = incidentId.extend({
  title: z.string().min(1).max(512).optional(),
  severity: severitySchema.optional(),
  state: incidentStateSchema.optional(),
  owner: z.string().min(1).max(128).nullable().optional(),
});
export type IncidentPatchInput = z.infer<typeof incidentPatchInputSchema>;

export const incidentsContract = {
  list: read
    .route({ method: 'GET', path: '/incidents', tags: ['Incidents'] })
    .input(incidentListInputSchema)
    .output(pageOf(incidentSchema)),
  get: read
    .route({ method: 'GET', path: '/incidents/{incident_id}', tags: ['Incidents'] })
    .input(incidentId)
    .output(incidentSchema.extend({ timeline: z.array(incidentTimelineEntrySchema) })),
  create: write
    .route({ method: 'POST', path: '/incidents', successStatus: 201, tags: ['Incidents'] })
    .input(incidentCreateInputSchema)
    .output(incidentSchema),
  patch: write
    .route({ method: 'PATCH', path: '/incidents/{incident_id}', tags: ['Incidents'] })
    .input(incidentPatchInputSchema)
    .output(incidentSchema),
  ack: move('ack'),
  resolve: move('resolve'),
  close: move('close'),
  reopen: move('reopen'),
  /** Gives the incident an owner; without `owner`, the caller takes it. */
  assign: write
    .route({ method: 'POST', path: '/incidents/{incident_id}/assign', tags: ['Incidents'] })
    .input(incidentId.extend({ owner: z.string().min(1).max(128).optional() }))
    .output(incidentSchema),
  note: write
    .route({ method: 'POST', path: '/incidents/{incident_id}/note', tags: ['Incidents'] })
    .input(incidentId.extend({ text: freeTextSchema.min(1) }))
    .output(incidentSchema),
};
