import { z } from 'zod';
import { timestampSchema } from '#shared/vocabulary/time.ts';
import { procedure } from './procedure.ts';

/** One policy that is in force. */
export const policySchema = z.object({
  policy: z.string(),
  version: z.int().positive(),
  source: z.string(),
  description: z.string(),
  rules: z.int().nonnegative(),
  stored_at: timestampSchema,
  stored_by: z.string(),
  note: z.string(),
  /** Why it cannot be read any more; while there is one such policy, nothing is executed. */
  broken: z.string().nullable(),
});
export type Policy = z.infer<typeof policySchema>;

export const policyFaultSchema = z.object({ line: z.int(), column: z.int(), message: z.string() });
export type PolicyFault = z.infer<typeof policyFaultSchema>;

const sourceField = { source: z.string().max(1_048_576) };

export const policyPutInputSchema = z.object({
  ...sourceField,
  note: z.string().max(1_024).default(''),
  /** The version that you changed; 409 when somebody else was quicker. 0 for a new policy. */
  expected_version: z.int().nonnegative().optional(),
});

/** What a policy would have changed. */
export const whatIfSchema = z.object({
  faults: z.array(policyFaultSchema),
  /** Past actions that were judged again, newest first. */
  judged: z.int().nonnegative(),
  changed: z.array(
    z.object({
      action_id: z.string(),
      title: z.string(),
      proposed_at: timestampSchema,
      before: z.string(),
      after: z.string(),
      because: z.string(),
    }),
  ),
});
export type WhatIf = z.infer<typeof whatIfSchema>;

const read = procedure('ACTION_READ');
const write = procedure('ADMIN');
const tags = ['Policies'] as const;

export const policiesContract = {
  list: read
    .route({ method: 'GET', path: '/policies', tags: [...tags] })
    .output(z.object({ items: z.array(policySchema), next_cursor: z.null() })),
  /** Puts the next version in force at once. 422 names the lines of a broken one; what was in force stays. */
  put: write
    .route({ method: 'PUT', path: '/policies', tags: [...tags] })
    .input(policyPutInputSchema)
    .output(policySchema),
  /** Checks a policy and judges past actions by it; nothing is stored. */
  tryOut: read
    .route({ method: 'POST', path: '/policies/try', tags: [...tags] })
    .input(z.object(sourceField))
    .output(whatIfSchema),
  withdraw: write
    .route({ method: 'POST', path: '/policies/{policy}/withdraw', tags: [...tags] })
    .input(z.object({ policy: z.string(), reason: z.string().min(1).max(1_024) }))
    .output(z.object({ policy: z.string(), withdrawn: z.literal(true) })),
  history: read
    .route({ method: 'GET', path: '/policies/{policy}/versions', tags: [...tags] })
    .input(z.object({ policy: z.string() }))
    .output(z.object({ items: z.array(policySchema.omit({ broken: true, rules: true, description: true })) })),
};
