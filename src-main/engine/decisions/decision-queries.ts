import { and, desc, eq, lt } from 'drizzle-orm';
import type { DecisionListInput, SimilarDecision } from '#shared/api/decisions.ts';
import { toTimestamp } from '#shared/vocabulary/time.ts';
import { actions } from '../actions/actions.schema.ts';
import { familyOfSituation, featuresOf } from '../actions/propose.ts';
import { situationOfCluster } from '../actions/proposer.ts';
import { clusters } from '../correlation/clusters.schema.ts';
import { readCursor } from '../store/cursor.ts';
import type { ReadUnit } from '../store/database.ts';
import { type DecisionRow, similarDecisions } from './decision-store.ts';
import { decisions } from './decisions.schema.ts';
import type { SituationFeatures } from './situation-features.ts';

/** The API's form of a decision. */
export function decisionToWire(row: DecisionRow, similarity: number | null): SimilarDecision {
  return {
    decision_id: row.decisionId,
    action_id: row.actionId,
    cluster_id: row.clusterId,
    action_type: row.actionType,
    entity_id: row.entityId,
    choice: row.choice,
    decided_by: row.decidedBy,
    reason: row.reason,
    situation: row.situation,
    outcome: row.outcome,
    outcome_note: row.outcomeNote,
    rating: row.rating,
    reward: row.reward,
    decided_at: toTimestamp(row.decidedAt),
    outcome_at: row.outcomeAt === null ? null : toTimestamp(row.outcomeAt),
    similarity,
  };
}

/**
 * A tenant's decisions: newest first, or those in the situations most like that of an action or a cluster, or by words.
 * Null when the cursor is not one that a list gave out; `unknown` when there is no such action or cluster.
 */
export function listDecisions(
  unit: ReadUnit,
  tenantId: string,
  input: DecisionListInput,
): { items: SimilarDecision[]; next_cursor: string | null } | null | 'unknown' {
  const before = readCursor(input.cursor);
  if (before === null) return null;
  if (input.similar_to !== undefined || input.q !== undefined) {
    const features = input.similar_to === undefined ? null : featuresFor(unit, tenantId, input.similar_to);
    if (input.similar_to !== undefined && features === null) return 'unknown';
    const found = similarDecisions(unit, tenantId, { features, words: input.q ?? '' }, input.limit);
    return {
      items: found
        .filter(({ decision }) => decision.actionId !== input.similar_to)
        .map(({ decision, similarity }) => decisionToWire(decision, similarity)),
      next_cursor: null,
    };
  }
  const rows = unit.orm
    .select()
    .from(decisions)
    .where(and(eq(decisions.tenantId, tenantId), before === undefined ? undefined : lt(decisions.number, before)))
    .orderBy(desc(decisions.number))
    .limit(input.limit + 1)
    .all();
  const page = rows.slice(0, input.limit);
  const last = page.at(-1);
  return {
    items: page.map((row) => decisionToWire(row, null)),
    next_cursor: rows.length > input.limit && last !== undefined ? String(last.number) : null,
  };
}

function featuresFor(unit: ReadUnit, tenantId: string, id: string): SituationFeatures | null {
  const action = unit.orm
    .select({ evidence: actions.evidence })
    .from(actions)
    .where(and(eq(actions.tenantId, tenantId), eq(actions.actionId, id)))
    .get();
  if (action !== undefined) return action.evidence.features;
  const cluster = unit.orm
    .select()
    .from(clusters)
    .where(and(eq(clusters.tenantId, tenantId), eq(clusters.clusterId, id)))
    .get();
  const situation = cluster === undefined ? null : situationOfCluster(unit, cluster);
  return situation === null ? null : featuresOf(situation, '', familyOfSituation(situation));
}
