import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { IncidentState } from '#shared/vocabulary/incident-state.ts';
import type { Severity } from '#shared/vocabulary/severity.ts';

/** The cases that people work. Times are milliseconds since the epoch. */
export const incidents = sqliteTable(
  'incidents',
  {
    incidentId: text('incident_id').primaryKey(),
    tenantId: text('tenant_id').notNull(),
    clusterId: text('cluster_id'),
    entityId: text('entity_id'),
    title: text('title').notNull(),
    severity: text('severity').$type<Severity>().notNull(),
    state: text('state').$type<IncidentState>().notNull(),
    owner: text('owner'),
    isEmergencyService: integer('is_emergency_service', { mode: 'boolean' }).notNull(),
    alarmCount: integer('alarm_count').notNull(),
    activeCount: integer('active_count').notNull(),
    createdAt: integer('created_at').notNull(),
    changedAt: integer('changed_at').notNull(),
    acknowledgedAt: integer('acknowledged_at'),
    resolvedAt: integer('resolved_at'),
    closedAt: integer('closed_at'),
    sequence: integer('sequence').notNull(),
  },
  (table) => [
    index('incidents_sequence').on(table.tenantId, table.sequence),
    index('incidents_state').on(table.tenantId, table.state, table.sequence),
    index('incidents_created').on(table.tenantId, table.createdAt),
    index('incidents_cluster').on(table.clusterId),
  ],
);

/** Which journal entry belongs to which incident. */
export const incidentHistory = sqliteTable(
  'incident_history',
  {
    position: integer('position').primaryKey(),
    incidentId: text('incident_id').notNull(),
  },
  (table) => [index('incident_history_incident').on(table.incidentId, table.position)],
);
