import { sql } from 'drizzle-orm';
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import type { AlarmHistoryEntry } from '#shared/api/alarms.ts';
import type { Severity } from '#shared/vocabulary/severity.ts';
import type { AlarmNoise } from '../noise/alarm-noise.ts';

/** The standing and past conditions. Times are milliseconds since the epoch. */
export const alarms = sqliteTable(
  'alarms',
  {
    alarmId: text('alarm_id').primaryKey(),
    tenantId: text('tenant_id').notNull(),
    entityId: text('entity_id').notNull(),
    alarmType: text('alarm_type').notNull(),
    specificProblem: text('specific_problem').notNull(),
    probableCause: text('probable_cause'),
    severity: text('severity').$type<Severity>().notNull(),
    isCleared: integer('is_cleared', { mode: 'boolean' }).notNull(),
    isAcked: integer('is_acked', { mode: 'boolean' }).notNull(),
    /** Stands or is not acknowledged; kept beside the two so that it can be indexed. */
    isLive: integer('is_live', { mode: 'boolean' }).notNull(),
    ackedBy: text('acked_by'),
    shelvedUntil: integer('shelved_until'),
    /** When this occurrence began: the first raise since it was last cleared. */
    raisedAt: integer('raised_at').notNull(),
    lastRaisedAt: integer('last_raised_at').notNull(),
    changedAt: integer('changed_at').notNull(),
    clearedAt: integer('cleared_at'),
    repeatCount: integer('repeat_count').notNull(),
    sourceSystem: text('source_system').notNull(),
    text: text('text').notNull(),
    clusterId: text('cluster_id'),
    incidentId: text('incident_id'),
    /** How it comes and goes, and what holds it back; null for most. */
    noise: text('noise', { mode: 'json' }).$type<AlarmNoise>(),
    /** While it flaps: when it is let go unless it changes again. */
    heldUntil: integer('held_until'),
    /** Sequence of its last change, for subscribers. */
    sequence: integer('sequence').notNull(),
  },
  (table) => [
    uniqueIndex('alarms_identity').on(table.tenantId, table.entityId, table.alarmType, table.specificProblem),
    index('alarms_sequence').on(table.tenantId, table.isLive, table.sequence),
    index('alarms_cluster').on(table.clusterId),
    index('alarms_held').on(table.heldUntil).where(sql`held_until IS NOT NULL`),
    index('alarms_noisy').on(table.tenantId).where(sql`noise IS NOT NULL`),
  ],
);

/** Which journal entry went into which alarm, and what it did there. */
export const alarmHistory = sqliteTable(
  'alarm_history',
  {
    position: integer('position').primaryKey(),
    alarmId: text('alarm_id').notNull(),
    outcome: text('outcome').$type<AlarmHistoryEntry['outcome']>().notNull(),
  },
  (table) => [index('alarm_history_alarm').on(table.alarmId, table.position)],
);

/** Alarms raised, repeated and cleared per tenant and minute, by the time of recording. */
export const alarmRate = sqliteTable(
  'alarm_rate',
  {
    tenantId: text('tenant_id').notNull(),
    bucket: integer('bucket').notNull(),
    raised: integer('raised').notNull(),
    repeated: integer('repeated').notNull(),
    cleared: integer('cleared').notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.bucket] })],
);

/** What each source system sent, and when it was last heard. */
export const feeds = sqliteTable(
  'feeds',
  {
    tenantId: text('tenant_id').notNull(),
    sourceSystem: text('source_system').notNull(),
    received: integer('received').notNull(),
    lastEventAt: integer('last_event_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.sourceSystem] })],
);
