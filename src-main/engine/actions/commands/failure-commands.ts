import type { CoreResult } from '../../core/inputs.ts';
import { afterFailure } from '../../executors/circuit-breaker.ts';
import { judgeExecution } from '../../gate/situation.ts';
import { mayMove } from '../action-rules.ts';
import {
  type ActionRow,
  breakerOf,
  changeExecution,
  type ExecutionRow,
  findAction,
  insertAction,
  noteHistory,
  openExecutions,
  saveBreaker,
} from '../action-store.ts';
import { remedyOf } from '../catalogue.ts';
import { engineActor, type Surroundings } from './decide-command.ts';
import { audit, carriedOut, type DecideContext, moveAction } from './decide-context.ts';
import { rememberOutcome } from './memory.ts';
import { judging, queue } from './queue-execution.ts';

/** The way back was taken: what it undoes is rolled back. */
export function finishRollback(context: DecideContext, undo: ActionRow): void {
  moveAction(context, undo, 'verified', 'The executor reports the way back done.');
  const original = undo.undoes === null ? null : findAction(context.unit.orm, undo.tenantId, undo.undoes);
  if (original?.state === 'failed') moveAction(context, original, 'rolled_back', `Taken back by ${undo.actionId}.`);
}

/** An execution failed for good: the action failed, the breaker counts it, and the way back is taken. */
export function giveUp(
  context: DecideContext,
  execution: ExecutionRow,
  action: ActionRow,
  message: string,
  madeWorse: boolean,
  around: Surroundings,
): CoreResult {
  changeExecution(context.unit.orm, execution.executionId, { state: 'failed', endedAt: context.now, message });
  if (mayMove(action.state, 'failed')) {
    const failed = moveAction(context, action, 'failed', message);
    rememberOutcome(context, failed, { outcome: 'did_not_work', note: message, rating: null });
    rollBack(context, failed, message, madeWorse, around);
  }
  return carriedOut(execution.executionId);
}

/**
 * Counts a failure at the breaker and prepares the way back: an action of its own, approved by those who approved the
 * original, which goes to the executor only through the same checks. Where they are not green now, it waits for a person.
 */
export function rollBack(
  context: DecideContext,
  failed: ActionRow,
  why: string,
  madeWorse: boolean,
  around: Surroundings = { documentHash: null, executorConfigured: false },
): void {
  const { unit, now, nextId } = context;
  const { region } = failed.facts.action;
  const before = breakerOf(unit.orm, failed.tenantId, failed.actionType, region);
  const breaker = afterFailure(before, now, why, madeWorse);
  saveBreaker(unit.orm, failed.tenantId, failed.actionType, region, breaker);
  if (before.openedAt === null && breaker.openedAt !== null)
    audit(context, 'breaker.opened', `${failed.actionType} ${region}`, why, { failures: breaker.failures });
  const undo = failed.undoes === null ? remedyOf(failed.actionType)?.undoneBy : null;
  const remedy = undo === null || undefined === undo ? null : remedyOf(undo);
  if (remedy === null) return;
  const engine: DecideContext = { ...context, actor: engineActor };
  const row: ActionRow = {
    ...failed,
    actionId: nextId(),
    actionType: remedy.type,
    title: `Way back: ${remedy.title}: ${failed.entityId}`,
    risk: remedy.risk,
    state: 'approved',
    facts: { ...failed.facts, action: { ...failed.facts.action, type: remedy.type, risk: remedy.risk } },
    workOrder: null,
    undoes: failed.actionId,
    outcome: null,
    proposedAt: now,
    expiresAt: now + 24 * 3_600_000,
    changedAt: now,
  };
  insertAction(unit.orm, row);
  noteHistory(unit.orm, {
    actionId: row.actionId,
    at: now,
    actor: 'engine',
    fromState: null,
    toState: 'approved',
    why,
  });
  audit(engine, 'action.rollback_prepared', row.actionId, why, {
    undoes: failed.actionId,
    action_type: row.actionType,
  });
  context.changed(row.tenantId, row.actionId);
  const verdict = judgeExecution(judging(context, row.tenantId), row, around, {
    isAutomatic: false,
    executionId: '',
  });
  if (verdict.allowed) queue(engine, row, false, 'The way back is taken.');
  else audit(engine, 'action.rollback_waits', row.actionId, verdict.why);
}

/** After a restart: what was running is not known to have happened; it failed and is not tried again by itself. */
export function recoverExecutions(context: DecideContext, around: Surroundings): void {
  for (const execution of openExecutions(context.unit.orm, null)) {
    if (execution.state !== 'running') continue;
    const of = { ...context, tenantId: execution.tenantId };
    const action = findAction(of.unit.orm, execution.tenantId, execution.actionId);
    if (action !== null)
      giveUp(
        of,
        execution,
        action,
        'The engine stopped while the executor was working; what it did is not known.',
        false,
        around,
      );
  }
}
