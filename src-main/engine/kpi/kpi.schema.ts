import { foreignKey, index, integer, real, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { networkEntities } from '../topology/topology.schema.ts';

/** Measured values of an entity; they go when the entity goes. */
export const kpiSamples = sqliteTable(
  'kpi_samples',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    tenantId: text('tenant_id').notNull(),
    entityId: text('entity_id').notNull(),
    metricName: text('metric_name').notNull(),
    value: real('value').notNull(),
    timestamp: integer('timestamp').notNull(),
    source: text('source'),
  },
  (table) => [
    foreignKey({
      columns: [table.tenantId, table.entityId],
      foreignColumns: [networkEntities.tenantId, networkEntities.id],
    }).onDelete('cascade'),
    index('kpi_samples_series').on(table.tenantId, table.entityId, table.metricName, table.timestamp),
  ],
);
