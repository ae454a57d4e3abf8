import { z } from 'zod';
import { outcomeSchema } from '#shared/vocabulary/actions.ts';
import { timestampSchema } from '#shared/vocabulary/time.ts';
import { pageOf, pagingFields } from './paging.ts';
import { procedure } from './procedure.ts';

/** What was decided, in which situation, and how it came out. */
export const decisionSchema = z.object({
  decision_id: z.string(),
  action_id: z.string(),
  cluster_id: z.string().nullable(),
  action_type: z.string(),
  entity_id: z.string(),
  choice: z.enum(['approved', 'rejected']),
  decided_by: z.string(),
  reason: z.string(),
  situation: z.string(),
  outcome: outcomeSchema.nullable(),
  outcome_note: z.string().nullable(),
  rating: z.int().nullable(),
  /** −1 to 1; null until the outcome is known. */
  reward: z.number().nullable(),
  decided_at: timestampSchema,
  outcome_at: timestampSchema.nullable(),
});
export type Decision = z.infer<typeof decisionSchema>;

/** `similarity` is 0 to 1; null in a plain list. */
export const similarDecisionSchema = decisionSchema.extend({ similarity: z.number().min(0).max(1).nullable() });
export type SimilarDecision = z.infer<typeof similarDecisionSchema>;

export const decisionListInputSchema = z.object({
  /** An action or a cluster: the decisions in the most similar situations, most alike first. */
  similar_to: z.string().optional(),
  /** Words of the situation or the reason. */
  q: z.string().max(512).optional(),
  ...pagingFields,
});
export type DecisionListInput = z.infer<typeof decisionListInputSchema>;

export const decisionsContract = {
  list: procedure('ACTION_READ')
    .route({ method: 'GET', path: '/decisions', tags: ['Decisions'] })
    .input(decisionListInputSchema)
    .output(pageOf(similarDecisionSchema)),
};
