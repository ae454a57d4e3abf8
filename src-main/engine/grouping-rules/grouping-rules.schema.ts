import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { GroupingRule } from '#shared/vocabulary/grouping-rule.ts';

/** Every version of every rule that people made; the highest version is the one that counts. Rows are never changed. */
export const groupingRules = sqliteTable(
  'grouping_rules',
  {
    ruleId: text('rule_id').notNull(),
    version: integer('version').notNull(),
    tenantId: text('tenant_id').notNull(),
    definition: text('definition', { mode: 'json' }).$type<GroupingRule>().notNull(),
    /** False once it is withdrawn. */
    isInForce: integer('is_in_force', { mode: 'boolean' }).notNull(),
    changedAt: integer('changed_at').notNull(),
    changedBy: text('changed_by').notNull(),
  },
  (table) => [primaryKey({ columns: [table.ruleId, table.version] })],
);
