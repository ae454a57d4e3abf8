import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { SlaTier } from '#shared/vocabulary/sla-tier.ts';

/** Who is served. `consent` is whether the customer agreed to be told of disturbances (GDPR Art. 6(1)(a), 21). */
export const customers = sqliteTable(
  'customers',
  {
    tenantId: text('tenant_id').notNull(),
    customerId: text('customer_id').notNull(),
    name: text('name').notNull(),
    slaTier: text('sla_tier').$type<SlaTier>(),
    consent: integer('consent_proactive_comms', { mode: 'boolean' }).notNull(),
    contact: text('contact'),
    changedAt: integer('changed_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.customerId] })],
);

/** Which entities serve a customer. */
export const customerEntities = sqliteTable(
  'customer_entities',
  {
    tenantId: text('tenant_id').notNull(),
    customerId: text('customer_id').notNull(),
    entityId: text('entity_id').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.customerId, table.entityId] }),
    index('customer_entities_entity').on(table.tenantId, table.entityId),
  ],
);

/** What proactive care did for a customer: a message into the outbox, or why there was none. */
export const careRecords = sqliteTable(
  'care_records',
  {
    careId: text('care_id').primaryKey(),
    tenantId: text('tenant_id').notNull(),
    customerId: text('customer_id').notNull(),
    clusterId: text('cluster_id'),
    outcome: text('outcome').$type<'sent' | 'blocked'>().notNull(),
    reason: text('reason').$type<'no_consent' | 'unknown_customer'>(),
    message: text('message'),
    operator: text('operator').notNull(),
    createdAt: integer('created_at').notNull(),
  },
  (table) => [index('care_records_customer').on(table.tenantId, table.customerId, table.createdAt)],
);
