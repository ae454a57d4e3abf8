import { index, integer, primaryKey, real, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { ActionState, Outcome, RiskClass } from '#shared/vocabulary/actions.ts';
import type { PolicyFacts } from '../policies/policy-facts.ts';
import type { ActionApproval, ActionEvidence } from './action-rules.ts';

/** Remedies that were proposed, and what became of each. */
export const actions = sqliteTable(
  'actions',
  {
    actionId: text('action_id').primaryKey(),
    tenantId: text('tenant_id').notNull(),
    clusterId: text('cluster_id'),
    entityId: text('entity_id').notNull(),
    actionType: text('action_type').notNull(),
    title: text('title').notNull(),
    risk: text('risk').$type<RiskClass>().notNull(),
    state: text('state').$type<ActionState>().notNull(),
    /** What policies are asked about. */
    facts: text('facts', { mode: 'json' }).$type<PolicyFacts>().notNull(),
    evidence: text('evidence', { mode: 'json' }).$type<ActionEvidence>().notNull(),
    approvals: text('approvals', { mode: 'json' }).$type<readonly ActionApproval[]>().notNull(),
    /** How sure the engine is that this is the right remedy, 0 to 1; orders the queue. */
    rank: real('rank').notNull(),
    /** Handed out on approval in advisory mode; Markdown. */
    workOrder: text('work_order'),
    supersededBy: text('superseded_by'),
    /** The action that this one undoes. */
    undoes: text('undoes'),
    outcome: text('outcome').$type<Outcome>(),
    proposedAt: integer('proposed_at').notNull(),
    expiresAt: integer('expires_at').notNull(),
    changedAt: integer('changed_at').notNull(),
    sequence: integer('sequence').notNull(),
  },
  (table) => [
    index('actions_sequence').on(table.tenantId, table.sequence),
    index('actions_state').on(table.tenantId, table.state, table.sequence),
    index('actions_cluster').on(table.tenantId, table.clusterId),
    index('actions_entity').on(table.tenantId, table.entityId, table.actionType),
  ],
);

/** Every attempt to have an action carried out. */
export const executions = sqliteTable(
  'executions',
  {
    executionId: text('execution_id').primaryKey(),
    tenantId: text('tenant_id').notNull(),
    actionId: text('action_id').notNull(),
    actionType: text('action_type').notNull(),
    entityId: text('entity_id').notNull(),
    region: text('region').notNull(),
    /** Nobody asked for it: the engine acted by itself. */
    isAutomatic: integer('is_automatic', { mode: 'boolean' }).notNull(),
    state: text('state').$type<'queued' | 'running' | 'done' | 'failed' | 'held_back'>().notNull(),
    attempts: integer('attempts').notNull(),
    queuedAt: integer('queued_at').notNull(),
    /** The first attempt that was let through. */
    startedAt: integer('started_at'),
    endedAt: integer('ended_at'),
    message: text('message').notNull(),
  },
  (table) => [
    index('executions_action').on(table.actionId),
    index('executions_state').on(table.state, table.queuedAt),
    index('executions_started').on(table.tenantId, table.startedAt),
  ],
);

/** Who changed the state of an action, when and why. */
export const actionHistory = sqliteTable(
  'action_history',
  {
    actionId: text('action_id').notNull(),
    number: integer('number').notNull(),
    at: integer('at').notNull(),
    actor: text('actor').notNull(),
    fromState: text('from_state').$type<ActionState>(),
    toState: text('to_state').$type<ActionState>().notNull(),
    why: text('why').notNull(),
  },
  (table) => [primaryKey({ columns: [table.actionId, table.number] })],
);
