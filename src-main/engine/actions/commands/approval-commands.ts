import { toTimestamp } from '#shared/vocabulary/time.ts';
import type { CoreResult } from '../../core/inputs.ts';
import { verdictOn } from '../../gate/situation.ts';
import { type ActionApproval, approvalState, mayApprove, mayMove, whyNot } from '../action-rules.ts';
import { type ActionRow, changeAction, findAction } from '../action-store.ts';
import { workOrderOf } from '../work-order.ts';
import type { DecideCommand } from './decide-command.ts';
import { audit, carriedOut, type DecideContext, moveAction, refusedAndNoted } from './decide-context.ts';
import { rollBack } from './failure-commands.ts';
import { rememberChoice, rememberOutcome } from './memory.ts';

/** An approved action that nobody acted on is over after so long. */
const approvalMilliseconds = 24 * 3_600_000;

const missing = (actionId: string): CoreResult => ({
  kind: 'refused',
  refusal: { code: 'NOT_FOUND', message: `There is no action ${actionId}.` },
});

/** Agrees to an action. It is approved once enough people whom the policies want have agreed; a runbook is handed out then. */
export function approveAction(
  { actionId, note }: Extract<DecideCommand, { name: 'action.approve' }>,
  context: DecideContext,
): CoreResult {
  const { unit, actor, now, shelf } = context;
  const action = findAction(unit.orm, context.tenantId, actionId);
  if (action === null) return missing(actionId);
  if (action.state === 'approved') return carriedOut(actionId);
  if (!mayMove(action.state, 'approved') || action.state !== 'proposed')
    return refusedAndNoted(context, 'action.approve', actionId, 'CONFLICT', whyNot(action.state, 'approved'));
  if (action.expiresAt <= now)
    return refusedAndNoted(context, 'action.approve', actionId, 'CONFLICT', whyNot('expired', 'approved'));
  const verdict = verdictOn({ orm: unit.orm, shelf, now }, action, false);
  const forbidding = verdict.rules.find(
    ({ applied, effect }) => applied && (effect === 'forbid' || effect === 'limit'),
  );
  if (verdict.outcome === 'forbidden')
    return refusedAndNoted(
      context,
      'action.approve',
      actionId,
      'CONFLICT',
      `A policy forbids it: ${forbidding === undefined ? 'a condition cannot be judged' : `${forbidding.policy}, ${forbidding.rule}: ${forbidding.reason}`}`,
    );
  const missingRole = mayApprove(verdict, actor);
  if (missingRole !== null) return refusedAndNoted(context, 'action.approve', actionId, 'CONFLICT', missingRole);
  if (verdict.approvals > 1 && actor.kind !== 'person')
    return refusedAndNoted(
      context,
      'action.approve',
      actionId,
      'CONFLICT',
      `${verdict.approvals} different people must approve this: sign in, so that it is known who you are.`,
    );
  if (action.approvals.some(({ actor_kind, actor_id }) => actor_kind === actor.kind && actor_id === actor.id))
    return refusedAndNoted(
      context,
      'action.approve',
      actionId,
      'CONFLICT',
      `${actor.name} has approved this already; another person must approve it too.`,
    );
  const approval: ActionApproval = {
    actor_kind: actor.kind,
    actor_id: actor.id,
    name: actor.name,
    roles: [...actor.roles],
    at: now,
    note,
  };
  const approvals = [...action.approvals, approval];
  const { enough, because } = approvalState(verdict, approvals);
  if (!enough) {
    changeAction(unit.orm, actionId, { approvals, changedAt: now });
    audit(context, 'action.approval_given', actionId, note, { because });
    context.changed(action.tenantId, actionId);
    return carriedOut(actionId);
  }
  const approved = moveAction(
    context,
    action,
    'approved',
    note,
    { approvals, workOrder: workOrder(action, approvals, now), expiresAt: now + approvalMilliseconds },
    { because, verdict: verdict.outcome },
  );
  rememberChoice(context, approved, 'approved', note);
  return carriedOut(actionId);
}

function workOrder(action: ActionRow, approvals: readonly ActionApproval[], now: number): string {
  return workOrderOf({
    actionId: action.actionId,
    actionType: action.actionType,
    entityId: action.entityId,
    clusterTitle: action.evidence.cluster_title,
    cause: action.evidence.cause,
    blast: action.facts.blast,
    approvedBy: approvals.map(({ name }) => name),
    at: toTimestamp(now),
  });
}

/** Says no, with a reason; also takes back an approval that nothing came of yet. */
export function rejectAction(
  { actionId, reason }: Extract<DecideCommand, { name: 'action.reject' }>,
  context: DecideContext,
): CoreResult {
  const action = findAction(context.unit.orm, context.tenantId, actionId);
  if (action === null) return missing(actionId);
  if (action.state === 'rejected') return carriedOut(actionId);
  if (!mayMove(action.state, 'rejected'))
    return refusedAndNoted(context, 'action.reject', actionId, 'CONFLICT', whyNot(action.state, 'rejected'));
  const rejected = moveAction(context, action, 'rejected', reason);
  rememberChoice(context, rejected, 'rejected', reason);
  return carriedOut(actionId);
}

/** What a person reports who carried out an approved action, or who looked at one that was executed. */
export function reportOutcome(
  command: Extract<DecideCommand, { name: 'action.outcome' }>,
  context: DecideContext,
): CoreResult {
  const { actionId, outcome, note, rating } = command;
  const action = findAction(context.unit.orm, context.tenantId, actionId);
  if (action === null) return missing(actionId);
  if (action.outcome === outcome) return carriedOut(actionId);
  if (action.state !== 'approved' && action.state !== 'executed')
    return refusedAndNoted(
      context,
      'action.outcome',
      actionId,
      'CONFLICT',
      action.outcome === null
        ? `The action is ${action.state.replace('_', ' ')}; there is no outcome to report yet.`
        : `The outcome was reported before: ${action.outcome.replaceAll('_', ' ')}.`,
    );
  if (outcome === 'not_done') {
    if (action.state === 'executed')
      return refusedAndNoted(context, 'action.outcome', actionId, 'CONFLICT', 'It was executed already.');
    const over = moveAction(context, action, 'rejected', note, { outcome });
    rememberOutcome(context, over, { outcome, note, rating });
    return carriedOut(actionId);
  }
  const byHand = action.state === 'approved';
  const executed = byHand ? moveAction(context, action, 'executed', `Carried out by hand. ${note}`.trim()) : action;
  const over = moveAction(context, executed, outcome === 'worked' ? 'verified' : 'failed', note, { outcome });
  rememberOutcome(context, over, { outcome, note, rating });
  if (over.state === 'failed' && !byHand) rollBack(context, over, note, outcome === 'made_worse');
  return carriedOut(actionId);
}
