import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';

/** What became of everything received, per tenant. `received` is the sum of the others and is not stored. */
export const ledger = sqliteTable('ledger', {
  tenantId: text('tenant_id').primaryKey(),
  new: integer('new').notNull(),
  repeated: integer('repeated').notNull(),
  cleared: integer('cleared').notNull(),
  duplicate: integer('duplicate').notNull(),
  suppressed: integer('suppressed').notNull(),
  rejected: integer('rejected').notNull(),
});
