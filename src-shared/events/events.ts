/**
 * What happened, as recorded in the journal. Events are immutable and self-contained: each names its tenant and its
 * trace, so that another console can consume them without this one's store.
 */
import { z } from 'zod';
import { freeTextSchema, nameSchema, tenantIdSchema } from '#shared/vocabulary/identifiers.ts';
import { incidentStateSchema } from '#shared/vocabulary/incident-state.ts';
import { reportedSeveritySchema, severitySchema } from '#shared/vocabulary/severity.ts';
import { timestampSchema } from '#shared/vocabulary/time.ts';

/** The source's or the engine's name of an event: unique within a tenant. */
export const eventIdSchema = z
  .string()
  .min(1)
  .max(256)
  .regex(/^\P{Cc}+$/u, 'must not contain control characters');

/** 32 hexadecimal digits, W3C Trace Context §3.2.2.3. */
export const traceIdSchema = z.string().regex(/^[0-9a-f]{32}$/);

/** Common to every event. `tenant_id` has no default: an event without an owner is an error. */
export const baseEventSchema = z.object({
  event_id: eventIdSchema,
  tenant_id: tenantIdSchema,
  timestamp: timestampSchema,
  event_type: z.string(),
  trace_id: traceIdSchema,
});

/** What a source tells of an alarm; the body of `POST /alarms/ingest`. `severity` "cleared" only clears. */
export const alarmReportSchema = z
  .object({
    entity_id: nameSchema,
    alarm_type: nameSchema,
    severity: reportedSeveritySchema,
    raised_at: timestampSchema,
    source_system: nameSchema,
    specific_problem: z.string().max(1024).optional(),
    probable_cause: z.string().max(1024).optional(),
    text: freeTextSchema.optional(),
    event_id: eventIdSchema.optional(),
    cleared_at: timestampSchema.optional(),
  })
  .refine(
    (report) => report.cleared_at === undefined || Date.parse(report.cleared_at) >= Date.parse(report.raised_at),
    {
      path: ['cleared_at'],
      message: 'must not be before raised_at',
    },
  );
export type AlarmReport = z.infer<typeof alarmReportSchema>;

export const alarmIngestedSchema = baseEventSchema.extend({
  event_type: z.literal('alarm.ingested'),
  entity_id: nameSchema,
  alarm_type: nameSchema,
  severity: reportedSeveritySchema,
  raised_at: timestampSchema,
  source_system: nameSchema,
  specific_problem: z.string(),
  probable_cause: z.string().nullable(),
  text: z.string(),
  cleared_at: timestampSchema.nullable(),
});
export type AlarmIngested = z.infer<typeof alarmIngestedSchema>;

/** Something an operator did to an alarm. */
export const alarmOperationSchema = z.enum(['ack', 'unack', 'shelve', 'unshelve', 'clear', 'comment']);
export type AlarmOperation = z.infer<typeof alarmOperationSchema>;

export const alarmOperatedSchema = baseEventSchema.extend({
  event_type: z.literal('alarm.operated'),
  alarm_id: z.string(),
  operation: alarmOperationSchema,
  operator: z.string(),
  note: z.string().nullable(),
  shelved_until: timestampSchema.nullable(),
});
export type AlarmOperated = z.infer<typeof alarmOperatedSchema>;

/** A cell whose KPIs died while it raises no alarm. */
export const sleepingCellDetectedSchema = baseEventSchema.extend({
  event_type: z.literal('sleeping_cell.detected'),
  entity_id: nameSchema,
  metric_name: nameSchema,
  z_score: z.number(),
  baseline_mean: z.number(),
  current_value: z.number(),
});

const clusterFacts = {
  cluster_id: z.string(),
  alarm_count: z.int().positive(),
  root_cause_entity_id: nameSchema,
  severity: severitySchema,
  is_emergency_service: z.boolean(),
};
export const alarmClusterCreatedSchema = baseEventSchema.extend({
  event_type: z.literal('alarm_cluster.created'),
  ...clusterFacts,
});
export const alarmClusterUpdatedSchema = baseEventSchema.extend({
  event_type: z.literal('alarm_cluster.updated'),
  ...clusterFacts,
});

/** A cluster of several alarms went into another one: later evidence says that they are one happening. */
export const alarmClusterMergedSchema = baseEventSchema.extend({
  event_type: z.literal('alarm_cluster.merged'),
  cluster_id: z.string(),
  merged_into: z.string().nullable(),
});
/** A notable part of a cluster went elsewhere: later evidence says that it is another happening. */
export const alarmClusterSplitSchema = baseEventSchema.extend({
  event_type: z.literal('alarm_cluster.split'),
  cluster_id: z.string(),
  moved_count: z.int().positive(),
  alarm_count: z.int().positive(),
});

/** What a person corrected about a cluster. */
export const correctionKindSchema = z.enum(['split', 'move', 'merge', 'cause', 'apart']);
export type CorrectionKind = z.infer<typeof correctionKindSchema>;

export const clusterCorrectedSchema = baseEventSchema.extend({
  event_type: z.literal('cluster.corrected'),
  correction: correctionKindSchema,
  cluster_id: z.string(),
  operator: z.string(),
  /** What was split off, moved or kept apart; empty for a merge and for a cause. */
  alarm_ids: z.array(z.string()),
  /** Where they went; null for a cause. */
  to_cluster_id: z.string().nullable(),
  /** The named cause; null otherwise. */
  entity_id: nameSchema.nullable(),
  alarm_id: z.string().nullable(),
  note: z.string().nullable(),
});
export type ClusterCorrected = z.infer<typeof clusterCorrectedSchema>;

/** An alarm that comes and goes too often is held open from `began` to `ended`, when its final state is reported. */
export const alarmHeldSchema = baseEventSchema.extend({
  event_type: z.literal('alarm.held'),
  alarm_id: z.string(),
  phase: z.enum(['began', 'ended']),
  /** Raises and clears while it was held. */
  changes: z.int().nonnegative(),
  /** At the end: when the source cleared it; null where it stands, and at the beginning. */
  cleared_at: timestampSchema.nullable(),
});
export type AlarmHeld = z.infer<typeof alarmHeldSchema>;

/** A maintenance window began to suppress what stands, or gave it back. */
export const maintenanceSwitchedSchema = baseEventSchema.extend({
  event_type: z.literal('maintenance.switched'),
  window_id: z.string(),
  name: z.string(),
  is_on: z.boolean(),
});
export type MaintenanceSwitched = z.infer<typeof maintenanceSwitchedSchema>;

export const incidentCreatedSchema = baseEventSchema.extend({
  event_type: z.literal('incident.created'),
  incident_id: z.string(),
  severity: severitySchema,
  entity_id: nameSchema.nullable(),
  cluster_id: z.string().nullable(),
  title: z.string(),
  operator: z.string().nullable(),
  is_emergency_service: z.boolean(),
});
export type IncidentCreated = z.infer<typeof incidentCreatedSchema>;

/** A change to an incident by a person or by the engine (operator null). Only what changed is present. */
export const incidentChangedSchema = baseEventSchema.extend({
  event_type: z.literal('incident.changed'),
  incident_id: z.string(),
  operator: z.string().nullable(),
  state: incidentStateSchema.optional(),
  owner: z.string().nullable().optional(),
  title: z.string().optional(),
  severity: severitySchema.optional(),
  note: z.string().optional(),
});
export type IncidentChanged = z.infer<typeof incidentChangedSchema>;

/** Every event that the journal may hold. */
export const journalEventSchema = z.discriminatedUnion('event_type', [
  alarmIngestedSchema,
  alarmOperatedSchema,
  sleepingCellDetectedSchema,
  alarmClusterCreatedSchema,
  alarmClusterUpdatedSchema,
  alarmClusterMergedSchema,
  alarmClusterSplitSchema,
  clusterCorrectedSchema,
  alarmHeldSchema,
  maintenanceSwitchedSchema,
  incidentCreatedSchema,
  incidentChangedSchema,
]);
export type JournalEvent = z.infer<typeof journalEventSchema>;
export type JournalEventType = JournalEvent['event_type'];
