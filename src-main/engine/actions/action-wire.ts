import type { Action } from '#shared/api/actions.ts';
import { toTimestamp } from '#shared/vocabulary/time.ts';
import type { ActionRow } from './action-store.ts';

/** The API's form of a stored action. */
export function actionToWire(row: ActionRow): Action {
  return {
    action_id: row.actionId,
    tenant_id: row.tenantId,
    cluster_id: row.clusterId,
    entity_id: row.entityId,
    action_type: row.actionType,
    title: row.title,
    risk: row.risk,
    state: row.state,
    rank: row.rank,
    because: row.evidence.because,
    confidence: row.evidence.confidence,
    blast: row.facts.blast,
    approvals: row.approvals.map(({ actor_kind, name, at, note }) => ({
      actor_kind,
      name,
      at: toTimestamp(at),
      note,
    })),
    work_order: row.workOrder,
    superseded_by: row.supersededBy,
    undoes: row.undoes,
    outcome: row.outcome,
    proposed_at: toTimestamp(row.proposedAt),
    expires_at: toTimestamp(row.expiresAt),
    changed_at: toTimestamp(row.changedAt),
  };
}
