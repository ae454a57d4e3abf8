import { eq } from 'drizzle-orm';
import type { Outcome } from '#shared/vocabulary/actions.ts';
import { clusters } from '../../correlation/clusters.schema.ts';
import { changeDecision, decisionOn, rememberDecision } from '../../decisions/decision-store.ts';
import { rewardOf } from '../../decisions/reward.ts';
import { verdictOn } from '../../gate/situation.ts';
import type { ActionRow } from '../action-store.ts';
import { audit, type DecideContext } from './decide-context.ts';

/** Remembers what was chosen and in which situation. */
export function rememberChoice(
  context: DecideContext,
  action: ActionRow,
  choice: 'approved' | 'rejected',
  reason: string,
): void {
  const { unit, now } = context;
  rememberDecision(unit, {
    decisionId: context.nextId(),
    tenantId: action.tenantId,
    actionId: action.actionId,
    clusterId: action.clusterId,
    actionType: action.actionType,
    entityId: action.entityId,
    choice,
    decidedBy: context.actor.name,
    reason,
    situation: `${action.evidence.cluster_title}. ${action.evidence.cause}`,
    features: action.evidence.features,
    outcome: null,
    outcomeNote: null,
    rating: null,
    reward: null,
    embeddingProvider: null,
    embeddingModel: null,
    decidedAt: now,
    outcomeAt: null,
  });
}

/** Notes how a decision came out and what that is worth. */
export function rememberOutcome(
  context: DecideContext,
  action: ActionRow,
  result: { readonly outcome: Outcome; readonly note: string; readonly rating: number | null },
): void {
  const { unit, now, shelf } = context;
  const decision = decisionOn(unit.orm, action.tenantId, action.actionId);
  if (decision === null) return;
  const verdict = verdictOn({ orm: unit.orm, shelf, now }, action, false);
  const { reward, parts } = rewardOf({
    outcome: result.outcome,
    rating: result.rating,
    activeBefore: action.evidence.features.active,
    activeAfter: activeNow(context, action),
    breachedPolicy: verdict.outcome === 'forbidden',
  });
  changeDecision(unit.orm, decision.decisionId, {
    outcome: result.outcome,
    outcomeNote: result.note,
    rating: result.rating,
    reward,
    outcomeAt: now,
  });
  audit(context, 'decision.evaluated', action.actionId, result.note, { outcome: result.outcome, reward, parts });
}

function activeNow({ unit }: DecideContext, { clusterId }: ActionRow): number {
  if (clusterId === null) return 0;
  const row = unit.orm
    .select({ active: clusters.activeCount })
    .from(clusters)
    .where(eq(clusters.clusterId, clusterId))
    .get();
  return row?.active ?? 0;
}
