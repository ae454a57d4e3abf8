import { and, asc, desc, eq, gt, inArray, lt } from 'drizzle-orm';
import type { Action, ActionDetail, ActionListInput } from '#shared/api/actions.ts';
import type { ActionState } from '#shared/vocabulary/actions.ts';
import { toTimestamp } from '#shared/vocabulary/time.ts';
import { pageFrom, readCursor } from '../store/cursor.ts';
import type { ReadUnit } from '../store/database.ts';
import type { ActionRow } from './action-store.ts';
import { actionToWire } from './action-wire.ts';
import { actionHistory, actions, executions } from './actions.schema.ts';

/** States in which somebody or something is expected to go on. */
export const openStates: readonly ActionState[] = ['proposed', 'approved', 'queued', 'executing', 'executed'];

/** One page of a tenant's actions, newest change first. Null when the cursor is not one that a list gave out. */
export function listActions(
  unit: ReadUnit,
  tenantId: string,
  input: ActionListInput,
): { items: Action[]; next_cursor: string | null } | null {
  const before = readCursor(input.cursor);
  if (before === null) return null;
  const state =
    input.state === 'all'
      ? undefined
      : input.state === 'open'
        ? inArray(actions.state, [...openStates])
        : eq(actions.state, input.state);
  const rows = unit.orm
    .select()
    .from(actions)
    .where(
      and(
        eq(actions.tenantId, tenantId),
        before === undefined ? undefined : lt(actions.sequence, before),
        state,
        input.cluster_id === undefined ? undefined : eq(actions.clusterId, input.cluster_id),
      ),
    )
    .orderBy(desc(actions.sequence))
    .limit(input.limit + 1)
    .all();
  return pageFrom(rows, input.limit, actionToWire);
}

/** Changed actions of a tenant after a sequence, oldest change first. */
export function actionsChangedAfter(unit: ReadUnit, tenantId: string, sequence: number, limit: number): ActionRow[] {
  return unit.orm
    .select()
    .from(actions)
    .where(and(eq(actions.tenantId, tenantId), gt(actions.sequence, sequence)))
    .orderBy(asc(actions.sequence))
    .limit(limit)
    .all();
}

/** What happened to an action, oldest first. */
export function historyOf(unit: ReadUnit, actionId: string): ActionDetail['history'] {
  return unit.orm
    .select()
    .from(actionHistory)
    .where(eq(actionHistory.actionId, actionId))
    .orderBy(asc(actionHistory.number))
    .all()
    .map((row) => ({
      at: toTimestamp(row.at),
      actor: row.actor,
      from: row.fromState,
      to: row.toState,
      why: row.why,
    }));
}

/** The attempts to have an action carried out, oldest first. */
export function executionsOf(unit: ReadUnit, actionId: string): ActionDetail['executions'] {
  const time = (milliseconds: number | null) => (milliseconds === null ? null : toTimestamp(milliseconds));
  return unit.orm
    .select()
    .from(executions)
    .where(eq(executions.actionId, actionId))
    .orderBy(asc(executions.queuedAt))
    .all()
    .map((row) => ({
      execution_id: row.executionId,
      state: row.state,
      attempts: row.attempts,
      automatic: row.isAutomatic,
      queued_at: toTimestamp(row.queuedAt),
      started_at: time(row.startedAt),
      ended_at: time(row.endedAt),
      message: row.message,
    }));
}
