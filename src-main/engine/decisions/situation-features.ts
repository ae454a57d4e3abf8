import { z } from 'zod';

/** What makes one situation like another. */
export const situationFeaturesSchema = z.object({
  action_type: z.string(),
  entity_id: z.string(),
  entity_type: z.string(),
  region: z.string(),
  family: z.string(),
  severity: z.string(),
  is_emergency_service: z.boolean(),
  /** Alarm types of the cluster, the most frequent first; at most 12. */
  alarm_types: z.array(z.string()),
  /** Types of the entities around: what the cluster touches; at most 12. */
  entity_types: z.array(z.string()),
  alarms: z.number(),
  entities: z.number(),
  /** Alarms still standing when it was decided. */
  active: z.number(),
});
export type SituationFeatures = z.infer<typeof situationFeaturesSchema>;

/** Weights of what two situations may share; they sum to 1. A judgement, written down so that it can be disputed. */
const weights = {
  alarmTypes: 0.35,
  entityType: 0.15,
  family: 0.15,
  entityTypes: 0.1,
  size: 0.1,
  severity: 0.05,
  entity: 0.1,
};

/** Shared part of two sets, 0 to 1 (Jaccard); 0 when both are empty. */
export function overlap(left: readonly string[], right: readonly string[]): number {
  const union = new Set([...left, ...right]);
  if (union.size === 0) return 0;
  const inRight = new Set(right);
  return new Set(left.filter((item) => inRight.has(item))).size / union.size;
}

/** How alike two situations are, 0 to 1; symmetric, and 1 for a situation and itself. */
export function similarity(left: SituationFeatures, right: SituationFeatures): number {
  const same = (condition: boolean) => (condition ? 1 : 0);
  const size = 1 / (1 + Math.abs(Math.log2((1 + left.entities) / (1 + right.entities))));
  const sets = (a: readonly string[], b: readonly string[]) => (a.length + b.length === 0 ? 1 : overlap(a, b));
  return (
    weights.alarmTypes * sets(left.alarm_types, right.alarm_types) +
    weights.entityType * same(left.entity_type === right.entity_type) +
    weights.family * same(left.family === right.family) +
    weights.entityTypes * sets(left.entity_types, right.entity_types) +
    weights.size * size +
    weights.severity * same(left.severity === right.severity) +
    weights.entity * (left.entity_id === right.entity_id ? 1 : left.region === right.region ? 0.5 : 0)
  );
}

/** The words under which a situation is found again; each is told apart from the same word in another role. */
export function searchTerms(features: SituationFeatures): readonly string[] {
  return [
    `type ${features.action_type}`,
    `entity ${features.entity_id}`,
    `region ${features.region}`,
    `kind ${features.entity_type}`,
    `family ${features.family}`,
    ...features.alarm_types.map((type) => `alarm ${type}`),
  ];
}
