import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { Condition } from '#shared/vocabulary/condition.ts';
import type { Schedule } from '#shared/vocabulary/schedule.ts';

/** Planned work, once or every week: what it makes alarm is suppressed. */
export const maintenanceWindows = sqliteTable(
  'maintenance_windows',
  {
    windowId: text('window_id').primaryKey(),
    tenantId: text('tenant_id').notNull(),
    name: text('name').notNull(),
    reason: text('reason').notNull(),
    conditions: text('conditions', { mode: 'json' }).$type<Condition[]>().notNull(),
    withContents: integer('with_contents', { mode: 'boolean' }).notNull(),
    schedule: text('schedule', { mode: 'json' }).$type<Schedule>().notNull(),
    /** Set while alarms that stand are marked as suppressed by it: since when. */
    onSince: integer('on_since'),
    createdAt: integer('created_at').notNull(),
    createdBy: text('created_by').notNull(),
    /** When a person ended it for good; null while it stands. */
    endedAt: integer('ended_at'),
    endedBy: text('ended_by'),
  },
  (table) => [index('maintenance_windows_tenant').on(table.tenantId, table.createdAt)],
);
