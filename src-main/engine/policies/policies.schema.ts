import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';

/** Every version of every policy, as its author wrote it. */
export const policies = sqliteTable(
  'policies',
  {
    tenantId: text('tenant_id').notNull(),
    name: text('name').notNull(),
    /** 1, 2, 3 … */
    version: integer('version').notNull(),
    source: text('source').notNull(),
    storedAt: integer('stored_at').notNull(),
    storedBy: text('stored_by').notNull(),
    note: text('note').notNull(),
    /** The newest version is in force until it is withdrawn. */
    isCurrent: integer('is_current', { mode: 'boolean' }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.name, table.version] })],
);
