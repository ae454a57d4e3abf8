import { and, asc, count, countDistinct, desc, eq, gt, inArray, isNotNull, ne, sql } from 'drizzle-orm';
import type { ActionState } from '#shared/vocabulary/actions.ts';
import { type BreakerState, closedBreaker } from '../executors/circuit-breaker.ts';
import { breakers } from '../gate/gate.schema.ts';
import type { RecentExecution } from '../policies/evaluate-policies.ts';
import type { Orm } from '../store/database.ts';
import { networkEntities } from '../topology/topology.schema.ts';
import { actionHistory, actions, executions } from './actions.schema.ts';

export type ActionRow = typeof actions.$inferSelect;
export type ExecutionRow = typeof executions.$inferSelect;

/** One action of a tenant. */
export function findAction(orm: Orm, tenantId: string, actionId: string): ActionRow | null {
  return (
    orm
      .select()
      .from(actions)
      .where(and(eq(actions.tenantId, tenantId), eq(actions.actionId, actionId)))
      .get() ?? null
  );
}

export function insertAction(orm: Orm, row: ActionRow): void {
  orm.insert(actions).values(row).run();
}

export function changeAction(orm: Orm, actionId: string, change: Partial<Omit<ActionRow, 'actionId'>>): void {
  orm.update(actions).set(change).where(eq(actions.actionId, actionId)).run();
}

/** Actions about the same remedy at the same entity in the same cluster, newest first. */
export function actionsLike(orm: Orm, tenantId: string, clusterId: string): ActionRow[] {
  return orm
    .select()
    .from(actions)
    .where(and(eq(actions.tenantId, tenantId), eq(actions.clusterId, clusterId)))
    .orderBy(desc(actions.proposedAt))
    .all();
}

/** Actions of a tenant in some states; of all tenants when it is null. */
export function actionsIn(
  orm: Orm,
  tenantId: string | null,
  states: readonly ActionState[],
  limit = 10_000,
): ActionRow[] {
  return orm
    .select()
    .from(actions)
    .where(and(tenantId === null ? undefined : eq(actions.tenantId, tenantId), inArray(actions.state, [...states])))
    .orderBy(asc(actions.proposedAt))
    .limit(limit)
    .all();
}

/** Writes down a change of state. */
export function noteHistory(orm: Orm, entry: Omit<typeof actionHistory.$inferInsert, 'number'>): void {
  const next = orm
    .select({ value: count() })
    .from(actionHistory)
    .where(eq(actionHistory.actionId, entry.actionId))
    .get();
  orm
    .insert(actionHistory)
    .values({ ...entry, number: (next?.value ?? 0) + 1 })
    .run();
}

export function findExecution(orm: Orm, executionId: string): ExecutionRow | null {
  return orm.select().from(executions).where(eq(executions.executionId, executionId)).get() ?? null;
}

export function insertExecution(orm: Orm, row: ExecutionRow): void {
  orm.insert(executions).values(row).run();
}

export function changeExecution(orm: Orm, executionId: string, change: Partial<ExecutionRow>): void {
  orm.update(executions).set(change).where(eq(executions.executionId, executionId)).run();
}

/** Executions that are not over, oldest first; of one tenant, or of all. */
export function openExecutions(orm: Orm, tenantId: string | null): ExecutionRow[] {
  return orm
    .select()
    .from(executions)
    .where(
      and(
        inArray(executions.state, ['queued', 'running']),
        tenantId === null ? undefined : eq(executions.tenantId, tenantId),
      ),
    )
    .orderBy(asc(executions.queuedAt))
    .all();
}

/** Executions of a tenant that were let through after a moment, this one left out: for rules that limit how many there may be. */
export function recentExecutions(orm: Orm, tenantId: string, since: number, except: string): RecentExecution[] {
  return orm
    .select({
      at: sql<number>`${executions.startedAt}`,
      entityId: executions.entityId,
      region: executions.region,
      actionType: executions.actionType,
    })
    .from(executions)
    .where(and(eq(executions.tenantId, tenantId), gt(executions.startedAt, since), ne(executions.executionId, except)))
    .all();
}

/** The share of a tenant's entities that the automatism would have touched with this one, 0 to 1; 1 without a topology. */
export function touchedShareWith(orm: Orm, tenantId: string, entityId: string): number {
  const all = orm.select({ value: count() }).from(networkEntities).where(eq(networkEntities.tenantId, tenantId)).get();
  const touched = orm
    .select({ value: countDistinct(executions.entityId) })
    .from(executions)
    .where(
      and(
        eq(executions.tenantId, tenantId),
        eq(executions.isAutomatic, true),
        isNotNull(executions.startedAt),
        ne(executions.entityId, entityId),
      ),
    )
    .get();
  const entities = all?.value ?? 0;
  return entities === 0 ? 1 : ((touched?.value ?? 0) + 1) / entities;
}

export function breakerOf(orm: Orm, tenantId: string, actionType: string, region: string): BreakerState {
  return (
    orm
      .select({ failures: breakers.failures, openedAt: breakers.openedAt, because: breakers.because })
      .from(breakers)
      .where(and(eq(breakers.tenantId, tenantId), eq(breakers.actionType, actionType), eq(breakers.region, region)))
      .get() ?? closedBreaker
  );
}

export function saveBreaker(orm: Orm, tenantId: string, actionType: string, region: string, state: BreakerState): void {
  const row = { tenantId, actionType, region, ...state };
  orm
    .insert(breakers)
    .values(row)
    .onConflictDoUpdate({ target: [breakers.tenantId, breakers.actionType, breakers.region], set: row })
    .run();
}
