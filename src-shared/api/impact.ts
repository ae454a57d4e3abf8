import { z } from 'zod';
import { slaTierSchema } from '#shared/vocabulary/sla-tier.ts';
import { timestampSchema } from '#shared/vocabulary/time.ts';
import { procedure } from './procedure.ts';

/** A service that a cluster hurts, and why. */
export const harmedServiceSchema = z.object({
  entity_id: z.string(),
  name: z.string(),
  entity_type: z.string(),
  is_emergency_service: z.boolean(),
  sla_tier: slaTierSchema.nullable(),
  revenue_weight: z.number(),
  /** `at_risk`: still works, without its reserve. */
  harm: z.enum(['lost', 'at_risk']),
  because: z.string(),
});
export type HarmedService = z.infer<typeof harmedServiceSchema>;

/** One criterion of the order, compared from the first to the last; larger goes first. */
export const criterionSchema = z.object({ name: z.string(), value: z.number(), because: z.string() });

const summaryFields = {
  cluster_id: z.string(),
  title: z.string(),
  emergency_lost: z.int(),
  emergency_at_risk: z.int(),
  services_lost: z.int(),
  services_at_risk: z.int(),
  customers_lost: z.int(),
  customers_at_risk: z.int(),
  /** Revenue weight of what is lost; and of what works without its reserve. */
  revenue_lost: z.number(),
  revenue_at_risk: z.number(),
  /** Customers without service times minutes since the first alarm. */
  customer_minutes: z.number(),
  /** Why this cluster stands where it stands. */
  order: z.array(criterionSchema),
};

/** Who is hurt by a cluster. */
export const clusterImpactSchema = z.object({
  ...summaryFields,
  /** Emergency services first, lost before at risk, then by revenue; at most 500. */
  services: z.array(harmedServiceSchema),
  /** Customers whose entities are lost or at risk; at most 500. */
  customers: z.array(
    z.object({
      customer_id: z.string(),
      name: z.string(),
      sla_tier: slaTierSchema.nullable(),
      harm: z.enum(['lost', 'at_risk']),
      consent_proactive_comms: z.boolean(),
    }),
  ),
});
export type ClusterImpact = z.infer<typeof clusterImpactSchema>;

export const impactListSchema = z.object({
  /** Active clusters, whoever is hurt most first. */
  items: z.array(z.object(summaryFields)),
  /** Over all of them; what several clusters hurt counts once. */
  total: z.object({
    revenue_lost: z.number(),
    revenue_at_risk: z.number(),
    customers_lost: z.int(),
    customer_minutes: z.number(),
  }),
  at: timestampSchema,
});
export type ImpactList = z.infer<typeof impactListSchema>;

export const impactContract = {
  list: procedure('ALARM_READ')
    .route({ method: 'GET', path: '/impact', tags: ['Impact'] })
    .output(impactListSchema),
  cluster: procedure('ALARM_READ')
    .route({ method: 'GET', path: '/clusters/{cluster_id}/impact', tags: ['Impact'] })
    .input(z.object({ cluster_id: z.string() }))
    .output(clusterImpactSchema),
};
