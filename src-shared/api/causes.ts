import { z } from 'zod';
import { nameSchema } from '#shared/vocabulary/identifiers.ts';
import { timestampSchema } from '#shared/vocabulary/time.ts';
import { procedure } from './procedure.ts';

/** Which alarm type brings which, as learned from the journal and as people decided. */
export const learnedCauseSchema = z.object({
  cause: z.string(),
  effect: z.string(),
  /** Median time from cause to effect, seconds. */
  lag_s: z.number().nonnegative(),
  /** Effects that had the cause before them. */
  support: z.number().nonnegative(),
  /** How many would have had it by chance. */
  expected: z.number().nonnegative(),
  /** Probability that this is so, 0 to 1. */
  confidence: z.number().min(0).max(1),
  /** What a person decided; null where nobody did. Only what is neither forbidden nor forgotten is acted on. */
  verdict: z.enum(['pinned', 'forbidden', 'forgotten']).nullable(),
  decided_by: z.string().nullable(),
  decided_at: timestampSchema.nullable(),
});
export type LearnedCauseView = z.infer<typeof learnedCauseSchema>;

export const causesOutputSchema = z.object({
  items: z.array(learnedCauseSchema),
  /** Raises that were learned from; less weight is given to what is long ago. */
  alarms: z.number().nonnegative(),
  /** When they were last judged; null while nothing was learned. */
  updated_at: timestampSchema.nullable(),
});
export type CausesOutput = z.infer<typeof causesOutputSchema>;

const read = procedure('ALARM_READ');
const admin = procedure('ADMIN');
const pair = { cause: nameSchema, effect: nameSchema };

export const causesContract = {
  list: read.route({ method: 'GET', path: '/causes', tags: ['Causes'] }).output(causesOutputSchema),
  /**
   * `pin`: holds whatever the counts say. `forbid`: never acted on. `forget`: dropped until it has gained half as much support
   * again. `reset`: what was learned counts again.
   */
  decide: admin
    .route({ method: 'POST', path: '/causes/decide', tags: ['Causes'] })
    .input(z.object({ ...pair, decision: z.enum(['pin', 'forbid', 'forget', 'reset']) }))
    .output(causesOutputSchema),
};
export const causeDecisionSchema = z.enum(['pin', 'forbid', 'forget', 'reset']);
