import type { CoreResult } from '../../core/inputs.ts';
import { afterSuccess } from '../../executors/circuit-breaker.ts';
import { gateOf } from '../../gate/gate-store.ts';
import { judgeExecution } from '../../gate/situation.ts';
import { mayMove, whyNot } from '../action-rules.ts';
import {
  type ActionRow,
  actionsIn,
  changeExecution,
  type ExecutionRow,
  findAction,
  findExecution,
  openExecutions,
  saveBreaker,
} from '../action-store.ts';
import type { DecideCommand, Surroundings } from './decide-command.ts';
import { audit, carriedOut, type DecideContext, moveAction, refusedAndNoted } from './decide-context.ts';
import { finishRollback, giveUp } from './failure-commands.ts';
import { judging, queue } from './queue-execution.ts';

/** An execution is tried at most so often; every attempt asks all checks again. */
export const attemptsMax = 3;

/** Puts an approved action in the queue of the executor, if every check is green now; they are asked again at each attempt. */
export function executeAction(
  { actionId, around }: Extract<DecideCommand, { name: 'action.execute' }>,
  context: DecideContext,
): CoreResult {
  const action = findAction(context.unit.orm, context.tenantId, actionId);
  if (action === null)
    return { kind: 'refused', refusal: { code: 'NOT_FOUND', message: `There is no action ${actionId}.` } };
  if (action.state === 'queued' || action.state === 'executing') return carriedOut(actionId);
  if (!mayMove(action.state, 'queued'))
    return refusedAndNoted(context, 'action.execute', actionId, 'CONFLICT', whyNot(action.state, 'queued'));
  const verdict = judgeExecution(judging(context, action.tenantId), action, around, {
    isAutomatic: false,
    executionId: '',
  });
  if (!verdict.allowed)
    return refusedAndNoted(context, 'action.execute', actionId, 'CONFLICT', `Nothing is executed. ${verdict.why}`);
  queue(context, action, false, 'Handed to the executor.');
  return carriedOut(actionId);
}

/** So many proposals are judged for automatic execution at once, so that the writer is not held up. */
const automaticPerTick = 50;

/** Queues what may run by itself: tenants that opted in, allowed types, every safety gate green. */
export function queueAutomatic(context: DecideContext, around: Surroundings): void {
  const { unit, tenantId } = context;
  if (!gateOf(unit.orm, tenantId).isAutomatic) return;
  for (const action of actionsIn(unit.orm, tenantId, ['proposed'], automaticPerTick)) {
    const verdict = judgeExecution(judging(context, tenantId), action, around, {
      isAutomatic: true,
      executionId: '',
    });
    if (!verdict.allowed) continue;
    const approved = moveAction(
      context,
      action,
      'approved',
      'Option B lets this run by itself; every safety gate is green.',
    );
    queue(context, approved, true, 'Handed to the executor by the engine.');
  }
}

/**
 * The one door to an executor: lets one attempt through when every check is green in this transaction, and notes it.
 * Answers the number of the attempt as the id; a refusal puts the action back where a person decides.
 */
export function beginExecution(
  { executionId, around }: Extract<DecideCommand, { name: 'execution.begin' }>,
  context: DecideContext,
): CoreResult {
  const { unit, now } = context;
  const execution = findExecution(unit.orm, executionId);
  const action = execution === null ? null : findAction(unit.orm, execution.tenantId, execution.actionId);
  if (execution === null || action === null || execution.tenantId !== context.tenantId)
    return { kind: 'refused', refusal: { code: 'NOT_FOUND', message: `There is no execution ${executionId}.` } };
  if (execution.state !== 'queued' && execution.state !== 'running')
    return refusedAndNoted(
      context,
      'execution.begin',
      executionId,
      'CONFLICT',
      `It is ${execution.state.replace('_', ' ')}.`,
    );
  if (execution.attempts >= attemptsMax)
    return giveUp(context, execution, action, 'It was tried often enough.', false, around);
  const verdict = judgeExecution(judging(context, action.tenantId), action, around, {
    isAutomatic: execution.isAutomatic,
    executionId,
  });
  if (!verdict.allowed) {
    holdBack(context, execution, action, verdict.why);
    return { kind: 'refused', refusal: { code: 'CONFLICT', message: verdict.why } };
  }
  const attempts = execution.attempts + 1;
  changeExecution(unit.orm, executionId, { state: 'running', attempts, startedAt: execution.startedAt ?? now });
  if (action.state === 'queued')
    moveAction(context, action, 'executing', 'Every check is green.', {}, { execution_id: executionId });
  audit(context, 'execution.let_through', executionId, 'Every check is green.', {
    action_id: action.actionId,
    attempt: attempts,
    checks: verdict.results.map(({ name, green }) => [name, green]),
  });
  return { kind: 'done', id: String(attempts), done: [executionId], refused: [] };
}

/** Stops an execution before it reaches the executor again. What was tried before may have happened: it then failed. */
function holdBack(context: DecideContext, execution: ExecutionRow, action: ActionRow, why: string): void {
  const { unit, now } = context;
  changeExecution(unit.orm, execution.executionId, { state: 'held_back', endedAt: now, message: why });
  audit(context, 'execution.held_back', execution.executionId, why, { action_id: action.actionId });
  if (execution.attempts > 0 && mayMove(action.state, 'failed'))
    moveAction(
      context,
      action,
      'failed',
      `Held back before another attempt; what the last one did is not known. ${why}`,
    );
  else if (mayMove(action.state, 'approved')) moveAction(context, action, 'approved', `Held back: ${why}`);
}

/** Holds back everything of a tenant that waits: the emergency stop was set, or the gate closed. Answers how many. */
export function holdBackAll(context: DecideContext, why: string): number {
  let held = 0;
  for (const execution of openExecutions(context.unit.orm, context.tenantId)) {
    if (execution.state !== 'queued') continue;
    const action = findAction(context.unit.orm, execution.tenantId, execution.actionId);
    if (action === null) continue;
    holdBack(context, execution, action, why);
    held += 1;
  }
  return held;
}

/** What the executor said about one attempt. An answer to anything but the running attempt changes nothing, and is noted. */
export function answerExecution(
  { executionId, attempt, answer, around }: Extract<DecideCommand, { name: 'execution.answer' }>,
  context: DecideContext,
): CoreResult {
  const { unit, now } = context;
  const execution = findExecution(unit.orm, executionId);
  const action = execution === null ? null : findAction(unit.orm, execution.tenantId, execution.actionId);
  if (execution === null || action === null || execution.tenantId !== context.tenantId)
    return { kind: 'refused', refusal: { code: 'NOT_FOUND', message: `There is no execution ${executionId}.` } };
  if (execution.state !== 'running' || execution.attempts !== attempt) {
    const why = `It is ${execution.state.replace('_', ' ')}, attempt ${execution.attempts}: an answer to attempt ${attempt} is late and changes nothing.`;
    return refusedAndNoted(context, 'execution.answer', executionId, 'CONFLICT', why);
  }
  audit(context, 'execution.answered', executionId, answer.message, {
    kind: answer.kind,
    attempt,
    action_id: action.actionId,
  });
  if (answer.kind === 'retry' && attempt < attemptsMax) {
    changeExecution(unit.orm, executionId, { message: answer.message });
    return carriedOut(executionId);
  }
  if (answer.kind !== 'done') return giveUp(context, execution, action, answer.message, false, around);
  changeExecution(unit.orm, executionId, { state: 'done', endedAt: now, message: answer.message });
  saveBreaker(unit.orm, action.tenantId, action.actionType, action.facts.action.region, afterSuccess());
  const executed = moveAction(context, action, 'executed', answer.message || 'The executor reports it done.');
  if (executed.undoes !== null) finishRollback(context, executed);
  return carriedOut(executionId);
}
