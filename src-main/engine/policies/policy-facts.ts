import { z } from 'zod';
import { riskClassSchema } from '#shared/vocabulary/actions.ts';

/** What a policy may ask about a proposed action. The names are those of the policy language; counts are whole numbers. */
export const policyFactsSchema = z.object({
  action: z.object({
    type: z.string(),
    risk: riskClassSchema,
    entity_id: z.string(),
    entity_type: z.string(),
    /** The site that holds the entity, else the topmost entity that does, else the entity itself. */
    region: z.string(),
    /** A known way back exists. */
    reversible: z.boolean(),
    /** Nobody approved it: the engine itself would act. */
    automatic: z.boolean(),
    /** Prepared ahead of a failure. */
    preventive: z.boolean(),
  }),
  blast: z.object({
    /** Entities that feel it while it is carried out, the target included. */
    entities: z.int().nonnegative(),
    emergency_services: z.int().nonnegative(),
    customers: z.int().nonnegative(),
    /** Sum of the revenue weights of these entities. */
    revenue: z.number().nonnegative(),
    /** The best service level among them; empty when none has one. */
    best_tier: z.enum(['PLATINUM', 'GOLD', 'SILVER', 'BRONZE', '']),
  }),
  cause: z.object({
    alarm_type: z.string(),
    /** 0 to 1. */
    confidence: z.number().min(0).max(1),
  }),
  cluster: z.object({
    severity: z.string(),
    alarms: z.int().nonnegative(),
    is_emergency_service: z.boolean(),
  }),
});
export type PolicyFacts = z.infer<typeof policyFactsSchema>;

/** Whether an emergency service would feel the action, or is hurt by what it is meant to mend. */
export function touchesEmergencyService(facts: PolicyFacts): boolean {
  return facts.blast.emergency_services > 0 || facts.cluster.is_emergency_service;
}
