import { z } from 'zod';
import { actorKindSchema } from '#shared/vocabulary/actors.ts';
import { tenantIdSchema } from '#shared/vocabulary/identifiers.ts';
import { timestampSchema } from '#shared/vocabulary/time.ts';
import { pageOf, pagingFields } from './paging.ts';
import { procedure } from './procedure.ts';

/** One record of the audit trail, as exported: `hash` seals all fields above it and the record before. */
export const auditRecordSchema = z.object({
  tenant_id: tenantIdSchema,
  number: z.int().positive(),
  at: timestampSchema,
  actor_kind: actorKindSchema,
  actor: z.string(),
  what: z.string(),
  subject: z.string(),
  why: z.string(),
  detail: z.record(z.string(), z.unknown()),
  trace_id: z.string(),
  entry_id: z.string(),
  previous_hash: z.string(),
  hash: z.string(),
});
export type AuditRecord = z.infer<typeof auditRecordSchema>;

export const auditListInputSchema = z.object({
  /** Only records about this object. */
  subject: z.string().optional(),
  /** Only what begins so: `action.` or `policy.stored`. */
  what: z.string().max(128).optional(),
  ...pagingFields,
});
export type AuditListInput = z.infer<typeof auditListInputSchema>;

/** Whether the trail holds together, and the first record that does not. */
export const auditVerdictSchema = z.object({
  intact: z.boolean(),
  records: z.int().nonnegative(),
  head: z.object({ number: z.int(), hash: z.string() }).nullable(),
  first_broken: z.object({ tenant_id: z.string(), number: z.int(), because: z.string() }).nullable(),
});
export type AuditVerdict = z.infer<typeof auditVerdictSchema>;

const read = procedure('ACTION_READ');

export const auditContract = {
  /** Newest first. */
  list: read
    .route({ method: 'GET', path: '/audit', tags: ['Audit'] })
    .input(auditListInputSchema)
    .output(pageOf(auditRecordSchema)),
};
