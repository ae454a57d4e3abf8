import { z } from 'zod';
import { alarmOperationSchema, alarmReportSchema, eventIdSchema } from '#shared/events/events.ts';
import { freeTextSchema, tenantIdSchema } from '#shared/vocabulary/identifiers.ts';
import { reportedSeveritySchema, severitySchema } from '#shared/vocabulary/severity.ts';
import { timestampSchema } from '#shared/vocabulary/time.ts';
import { pageOf, pagingFields } from './paging.ts';
import { procedure } from './procedure.ts';

/** A condition at an entity, as operators see it. Identity: tenant, entity, alarm type, specific problem (RFC 8632 §3.1, 3GPP TS 28.532). */
export const alarmSchema = z.object({
  alarm_id: z.string(),
  tenant_id: tenantIdSchema,
  entity_id: z.string(),
  alarm_type: z.string(),
  specific_problem: z.string(),
  probable_cause: z.string().nullable(),
  /** The last severity that was not "cleared". */
  severity: severitySchema,
  state: z.enum(['active', 'cleared']),
  is_cleared: z.boolean(),
  ack_state: z.enum(['unacked', 'acked']),
  acked_by: z.string().nullable(),
  shelved_until: timestampSchema.nullable(),
  /** When it was first raised, by the source's clock. */
  raised_at: timestampSchema,
  last_raised_at: timestampSchema,
  changed_at: timestampSchema,
  cleared_at: timestampSchema.nullable(),
  /** How often it was reported again while it stood. */
  repeat_count: z.int().nonnegative(),
  source_system: z.string(),
  cluster_id: z.string().nullable(),
  incident_id: z.string().nullable(),
  text: z.string(),
  /** Since when it flaps: held open, whatever the source says; null while it does not. */
  flapping_since: timestampSchema.nullable(),
  /** Raises and clears since it flaps. */
  flap_count: z.int().nonnegative(),
  /** While it flaps: the source's last word, when that is that it has ended. */
  source_cleared_at: timestampSchema.nullable(),
  /** The maintenance window that suppresses it; null while none does. */
  suppressed_by: z.string().nullable(),
});
export type Alarm = z.infer<typeof alarmSchema>;

/** One line of an alarm's history: what a source reported or a person did. */
export const alarmHistoryEntrySchema = z.object({
  event_id: z.string(),
  event_type: z.string(),
  occurred_at: timestampSchema,
  recorded_at: timestampSchema,
  outcome: z.enum(['new', 'repeated', 'changed', 'cleared', 'stale', 'operated', 'held', 'released']),
  severity: reportedSeveritySchema.nullable(),
  operator: z.string().nullable(),
  operation: alarmOperationSchema.nullable(),
  text: z.string(),
});
export type AlarmHistoryEntry = z.infer<typeof alarmHistoryEntrySchema>;

const alarmId = z.object({ alarm_id: z.string() });
const note = { note: freeTextSchema.optional() };
/** Up to 30 days; a longer silence is a maintenance window. */
const shelving = { minutes: z.int().min(1).max(43_200), reason: z.string().min(1).max(1024) };

export const bulkInputSchema = z.discriminatedUnion('operation', [
  z.object({
    operation: z.enum(['ack', 'unack', 'clear']),
    alarm_ids: z.array(z.string()).min(1).max(25_000),
    ...note,
  }),
  z.object({ operation: z.literal('unshelve'), alarm_ids: z.array(z.string()).min(1).max(25_000) }),
  z.object({ operation: z.literal('shelve'), alarm_ids: z.array(z.string()).min(1).max(25_000), ...shelving }),
  z.object({
    operation: z.literal('comment'),
    alarm_ids: z.array(z.string()).min(1).max(25_000),
    text: freeTextSchema.min(1),
  }),
]);
export type BulkInput = z.infer<typeof bulkInputSchema>;

export const bulkOutputSchema = z.object({
  done: z.array(z.string()),
  refused: z.array(z.object({ alarm_id: z.string(), code: z.string(), message: z.string() })),
});

export const alarmListInputSchema = z.object({
  state: z.enum(['active', 'cleared', 'all']).default('all'),
  severity: severitySchema.optional(),
  entity_id: z.string().optional(),
  event_id: z.string().optional(),
  cluster_id: z.string().optional(),
  /** Words that must all occur in entity, alarm type, specific problem, source or text. */
  q: z.string().max(1024).optional(),
  ...pagingFields,
});
export type AlarmListInput = z.infer<typeof alarmListInputSchema>;

export const ingestOutputSchema = z.object({
  event_id: eventIdSchema,
  tenant_id: tenantIdSchema,
  status: z.enum(['accepted', 'duplicate']),
});

export const batchOutputSchema = z.object({
  accepted: z.int().nonnegative(),
  duplicate: z.int().nonnegative(),
  rejected: z.array(z.object({ line: z.int().positive(), code: z.string(), message: z.string() })),
});
export type BatchOutput = z.infer<typeof batchOutputSchema>;

const read = procedure('ALARM_READ');
const write = procedure('ALARM_WRITE');

function operation<T extends z.ZodRawShape>(name: z.infer<typeof alarmOperationSchema>, fields: T) {
  return write
    .route({ method: 'POST', path: `/alarms/{alarm_id}/${name}`, tags: ['Alarms'] })
    .input(alarmId.extend(fields))
    .output(alarmSchema);
}

export const alarmsContract = {
  /** Answers after the alarm is on disk. */
  ingest: write
    .route({ method: 'POST', path: '/alarms/ingest', successStatus: 202, tags: ['Alarms'] })
    .input(alarmReportSchema)
    .output(ingestOutputSchema),
  list: read
    .route({ method: 'GET', path: '/alarms', tags: ['Alarms'] })
    .input(alarmListInputSchema)
    .output(pageOf(alarmSchema)),
  get: read
    .route({ method: 'GET', path: '/alarms/{alarm_id}', tags: ['Alarms'] })
    .input(alarmId)
    .output(alarmSchema.extend({ history: z.array(alarmHistoryEntrySchema) })),
  ack: operation('ack', note),
  unack: operation('unack', note),
  clear: operation('clear', note),
  shelve: operation('shelve', shelving),
  unshelve: operation('unshelve', {}),
  comment: operation('comment', { text: freeTextSchema.min(1) }),
  bulk: write
    .route({ method: 'POST', path: '/alarms/bulk', tags: ['Alarms'] })
    .input(bulkInputSchema)
    .output(bulkOutputSchema),
};
