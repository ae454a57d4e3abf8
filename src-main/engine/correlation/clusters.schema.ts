import { index, integer, primaryKey, real, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { Cluster, RootCause } from '#shared/api/clusters.ts';
import type { Severity } from '#shared/vocabulary/severity.ts';

/** Alarms that belong to one happening. Times are milliseconds since the epoch. */
export const clusters = sqliteTable(
  'clusters',
  {
    clusterId: text('cluster_id').primaryKey(),
    tenantId: text('tenant_id').notNull(),
    state: text('state').$type<Cluster['state']>().notNull(),
    title: text('title').notNull(),
    severity: text('severity').$type<Severity>().notNull(),
    alarmCount: integer('alarm_count').notNull(),
    activeCount: integer('active_count').notNull(),
    entityCount: integer('entity_count').notNull(),
    /** Members that are not cleared and that a maintenance window suppresses. */
    suppressedCount: integer('suppressed_count').notNull().default(0),
    isEmergencyService: integer('is_emergency_service', { mode: 'boolean' }).notNull(),
    /** Ranked root cause candidates, never none; the first is the root cause. */
    candidates: text('candidates', { mode: 'json' }).$type<readonly [RootCause, ...RootCause[]]>().notNull(),
    firstRaisedAt: integer('first_raised_at').notNull(),
    lastRaisedAt: integer('last_raised_at').notNull(),
    createdAt: integer('created_at').notNull(),
    changedAt: integer('changed_at').notNull(),
    incidentId: text('incident_id'),
    mergedInto: text('merged_into'),
    sequence: integer('sequence').notNull(),
  },
  (table) => [
    index('clusters_sequence').on(table.tenantId, table.sequence),
    index('clusters_state').on(table.tenantId, table.state, table.sequence),
  ],
);

export const clusterMembers = sqliteTable(
  'cluster_members',
  {
    clusterId: text('cluster_id').notNull(),
    alarmId: text('alarm_id').notNull(),
    because: text('because').notNull(),
    linkedTo: text('linked_to'),
    score: real('score').notNull(),
  },
  (table) => [primaryKey({ columns: [table.clusterId, table.alarmId] })],
);
