import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';

/** Where people put alarms, for as long as the clusters live. */
export const clusterPins = sqliteTable('cluster_pins', {
  alarmId: text('alarm_id').primaryKey(),
  tenantId: text('tenant_id').notNull(),
  clusterId: text('cluster_id').notNull(),
  /** Came with a whole cluster that was merged. */
  leads: integer('leads', { mode: 'boolean' }).notNull(),
  because: text('because').notNull(),
});

/** Pairs of clusters that a person took apart; the smaller name stands left. */
export const clustersApart = sqliteTable(
  'clusters_apart',
  {
    leftId: text('left_id').notNull(),
    rightId: text('right_id').notNull(),
    tenantId: text('tenant_id').notNull(),
  },
  (table) => [primaryKey({ columns: [table.leftId, table.rightId] })],
);

/** The causes that people named. */
export const clusterCauses = sqliteTable('cluster_causes', {
  clusterId: text('cluster_id').primaryKey(),
  tenantId: text('tenant_id').notNull(),
  entityId: text('entity_id').notNull(),
  alarmId: text('alarm_id'),
  because: text('because').notNull(),
});

/** Which journal entries belong to which cluster's timeline. */
export const clusterHistory = sqliteTable(
  'cluster_history',
  {
    clusterId: text('cluster_id').notNull(),
    position: integer('position').notNull(),
    /** A person's correction, as against what the engine found out. */
    isCorrection: integer('is_correction', { mode: 'boolean' }).notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.clusterId, table.position] }),
    index('cluster_history_position').on(table.position),
  ],
);

/** What people keep putting together or taking apart, and which kinds they name as the cause: evidence for the next time. */
export const groupingHabits = sqliteTable(
  'grouping_habits',
  {
    tenantId: text('tenant_id').notNull(),
    /** Two kinds of alarms and how their places lie to each other, in a canonical form. */
    leftKind: text('left_kind').notNull(),
    rightKind: text('right_kind').notNull(),
    place: text('place').notNull(),
    together: integer('together').notNull(),
    apart: integer('apart').notNull(),
    lastAt: integer('last_at').notNull(),
    lastBy: text('last_by').notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.leftKind, table.rightKind, table.place] })],
);
