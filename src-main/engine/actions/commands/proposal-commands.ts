import { eq } from 'drizzle-orm';
import type { CoreResult } from '../../core/inputs.ts';
import { clusters } from '../../correlation/clusters.schema.ts';
import { verdictOn } from '../../gate/situation.ts';
import { type ActionRow, actionsIn, actionsLike, insertAction, noteHistory } from '../action-store.ts';
import { remedyOf } from '../catalogue.ts';
import type { Proposal } from '../propose.ts';
import type { DecideCommand } from './decide-command.ts';
import { audit, type DecideContext, moveAction } from './decide-context.ts';
import { rememberOutcome } from './memory.ts';

/** A proposal that nobody decided on is over after so long. */
export const proposalMilliseconds = 4 * 3_600_000;

/** Stores new proposals. What was proposed for another cause of the same cluster is superseded. */
export function proposeActions(
  { proposals }: Extract<DecideCommand, { name: 'action.propose' }>,
  context: DecideContext,
): CoreResult {
  const made: string[] = [];
  for (const proposal of proposals) {
    const known = actionsLike(context.unit.orm, context.tenantId, proposal.clusterId);
    const same = known.find(
      ({ actionType, entityId, state }) =>
        actionType === proposal.actionType && entityId === proposal.entityId && state !== 'superseded',
    );
    if (same !== undefined) continue;
    for (const older of known)
      if (older.state === 'proposed' && older.entityId !== proposal.entityId)
        moveAction(context, older, 'superseded', 'The likely cause of the happening is another entity now.', {
          supersededBy: proposal.actionId,
        });
    store(proposal, context);
    made.push(proposal.actionId);
  }
  return { kind: 'done', id: made[0] ?? '', done: made, refused: [] };
}

function store(proposal: Proposal, context: DecideContext): void {
  const { now, tenantId, unit, actor } = context;
  const row: ActionRow = {
    actionId: proposal.actionId,
    tenantId,
    clusterId: proposal.clusterId,
    entityId: proposal.entityId,
    actionType: proposal.actionType,
    title: proposal.title,
    risk: proposal.risk,
    state: 'proposed',
    facts: proposal.facts,
    evidence: proposal.evidence,
    approvals: [],
    rank: proposal.rank,
    workOrder: null,
    supersededBy: null,
    undoes: null,
    outcome: null,
    proposedAt: now,
    expiresAt: now + proposalMilliseconds,
    changedAt: now,
    sequence: 0,
  };
  insertAction(unit.orm, row);
  const why = proposal.evidence.because[0] ?? 'Proposed.';
  noteHistory(unit.orm, {
    actionId: row.actionId,
    at: now,
    actor: actor.name,
    fromState: null,
    toState: 'proposed',
    why,
  });
  const verdict = verdictOn({ orm: unit.orm, shelf: context.shelf, now }, row, false);
  audit(context, 'action.proposed', row.actionId, why, {
    action_type: row.actionType,
    entity_id: row.entityId,
    cluster_id: row.clusterId,
    risk: row.risk,
    verdict: verdict.outcome,
    approvals_needed: verdict.approvals,
  });
  context.changed(tenantId, row.actionId);
}

/** Lets proposals expire, and judges what was executed by what the alarms say. Of the context's tenant. */
export function judgeByTime(context: DecideContext): { readonly failed: readonly ActionRow[] } {
  const { now, unit, tenantId } = context;
  const failed: ActionRow[] = [];
  for (const action of actionsIn(unit.orm, tenantId, ['proposed', 'approved'])) {
    const isOver = action.state === 'proposed' && isClusterOver(context, action);
    if (isOver) moveAction(context, action, 'expired', 'The happening is over.');
    else if (action.expiresAt <= now) moveAction(context, action, 'expired', 'Nobody decided or acted on it in time.');
  }
  for (const action of actionsIn(unit.orm, tenantId, ['executed'])) {
    const minutes = remedyOf(action.actionType)?.proof.minutes ?? 15;
    if (isClusterOver(context, action)) {
      const verified = moveAction(context, action, 'verified', 'Every alarm of the cluster is cleared.', {
        outcome: 'worked',
      });
      rememberOutcome(context, verified, { outcome: 'worked', note: 'The alarms cleared.', rating: null });
    } else if (action.changedAt + minutes * 60_000 <= now) {
      const why = `The alarms still stand ${minutes} minutes after it.`;
      const over = moveAction(context, action, 'failed', why, { outcome: 'did_not_work' });
      rememberOutcome(context, over, { outcome: 'did_not_work', note: why, rating: null });
      failed.push(over);
    }
  }
  return { failed };
}

function isClusterOver({ unit }: DecideContext, { clusterId, tenantId }: ActionRow): boolean {
  if (clusterId === null) return false;
  const cluster = unit.orm
    .select({ state: clusters.state, tenantId: clusters.tenantId })
    .from(clusters)
    .where(eq(clusters.clusterId, clusterId))
    .get();
  return cluster !== undefined && cluster.tenantId === tenantId && cluster.state !== 'active';
}
