import { integer, primaryKey, real, sqliteTable, text } from 'drizzle-orm/sqlite-core';

/** What learning remembers per tenant, and up to which journal entry it has read. */
export const causeKnowledge = sqliteTable('cause_knowledge', {
  tenantId: text('tenant_id').primaryKey(),
  /** A CauseSnapshot as JSON. */
  snapshot: text('snapshot').notNull(),
  position: integer('position').notNull(),
  updatedAt: integer('updated_at').notNull(),
});

/** The causes that learning would act on now. */
export const learnedCauses = sqliteTable(
  'learned_causes',
  {
    tenantId: text('tenant_id').notNull(),
    cause: text('cause').notNull(),
    effect: text('effect').notNull(),
    lagSeconds: real('lag_seconds').notNull(),
    support: real('support').notNull(),
    expected: real('expected').notNull(),
    confidence: real('confidence').notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.cause, table.effect] })],
);

/** What people decided about causes, learned or not. */
export const causeVerdicts = sqliteTable(
  'cause_verdicts',
  {
    tenantId: text('tenant_id').notNull(),
    cause: text('cause').notNull(),
    effect: text('effect').notNull(),
    verdict: text('verdict').$type<'pinned' | 'forbidden' | 'forgotten'>().notNull(),
    /** For a pinned one: the lag to assume, seconds. */
    lagSeconds: real('lag_seconds').notNull(),
    /** For a forgotten one: the support that it had; it comes back when it has gained half as much again. */
    support: real('support').notNull(),
    decidedAt: integer('decided_at').notNull(),
    decidedBy: text('decided_by').notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.cause, table.effect] })],
);
