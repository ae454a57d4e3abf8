import { index, integer, real, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { Outcome } from '#shared/vocabulary/actions.ts';
import type { SituationFeatures } from './situation-features.ts';

/** What was decided, in which situation, and how it came out. */
export const decisions = sqliteTable(
  'decisions',
  {
    decisionId: text('decision_id').primaryKey(),
    /** A small number for the full-text index. */
    number: integer('number').notNull(),
    tenantId: text('tenant_id').notNull(),
    actionId: text('action_id').notNull(),
    clusterId: text('cluster_id'),
    actionType: text('action_type').notNull(),
    entityId: text('entity_id').notNull(),
    choice: text('choice').$type<'approved' | 'rejected'>().notNull(),
    decidedBy: text('decided_by').notNull(),
    reason: text('reason').notNull(),
    /** One line that says what the situation was. */
    situation: text('situation').notNull(),
    features: text('features', { mode: 'json' }).$type<SituationFeatures>().notNull(),
    outcome: text('outcome').$type<Outcome>(),
    outcomeNote: text('outcome_note'),
    rating: integer('rating'),
    /** −1 to 1; null until the outcome is known. */
    reward: real('reward'),
    embeddingProvider: text('embedding_provider'),
    embeddingModel: text('embedding_model'),
    decidedAt: integer('decided_at').notNull(),
    outcomeAt: integer('outcome_at'),
  },
  (table) => [
    index('decisions_time').on(table.tenantId, table.decidedAt),
    index('decisions_action').on(table.actionId),
    index('decisions_type').on(table.tenantId, table.actionType),
    index('decisions_number').on(table.number),
  ],
);
