import { z } from 'zod';
import { actionStateSchema, outcomeSchema, riskClassSchema } from '#shared/vocabulary/actions.ts';
import { actorKindSchema } from '#shared/vocabulary/actors.ts';
import { freeTextSchema, tenantIdSchema } from '#shared/vocabulary/identifiers.ts';
import { timestampSchema } from '#shared/vocabulary/time.ts';
import { similarDecisionSchema } from './decisions.ts';
import { pageOf, pagingFields } from './paging.ts';
import { procedure } from './procedure.ts';

export const blastSchema = z.object({
  entities: z.int().nonnegative(),
  emergency_services: z.int().nonnegative(),
  customers: z.int().nonnegative(),
  revenue: z.number().nonnegative(),
  best_tier: z.string(),
});

/** A proposed remedy and what became of it. */
export const actionSchema = z.object({
  action_id: z.string(),
  tenant_id: tenantIdSchema,
  cluster_id: z.string().nullable(),
  entity_id: z.string(),
  action_type: z.string(),
  title: z.string(),
  risk: riskClassSchema,
  state: actionStateSchema,
  /** 0 to 1; orders the queue. */
  rank: z.number(),
  /** Why it is proposed. */
  because: z.array(z.string()),
  /** How sure the engine is of the cause, 0 to 1. */
  confidence: z.number(),
  blast: blastSchema,
  approvals: z.array(
    z.object({ actor_kind: actorKindSchema, name: z.string(), at: timestampSchema, note: z.string() }),
  ),
  /** Markdown; handed out on approval. */
  work_order: z.string().nullable(),
  superseded_by: z.string().nullable(),
  /** The action that this one takes back. */
  undoes: z.string().nullable(),
  outcome: outcomeSchema.nullable(),
  proposed_at: timestampSchema,
  expires_at: timestampSchema,
  changed_at: timestampSchema,
});
export type Action = z.infer<typeof actionSchema>;

/** What one rule of one policy says. Version 0: the engine's own rule. */
export const ruleVerdictSchema = z.object({
  policy: z.string(),
  version: z.int().nonnegative(),
  rule: z.string(),
  effect: z.string(),
  applied: z.boolean(),
  reason: z.string(),
});

export const policyVerdictSchema = z.object({
  outcome: z.enum(['allowed', 'forbidden']),
  approvals: z.int(),
  approver_roles: z.array(z.array(z.string())),
  automatic: z.boolean(),
  rules: z.array(ruleVerdictSchema),
});
export type PolicyVerdictWire = z.infer<typeof policyVerdictSchema>;

/** A check between a decision and the network. */
export const executionCheckSchema = z.object({
  name: z.string(),
  title: z.string(),
  green: z.boolean(),
  because: z.string(),
});
export type ExecutionCheckWire = z.infer<typeof executionCheckSchema>;

export const actionDetailSchema = actionSchema.extend({
  verdict: policyVerdictSchema,
  /** Whether an executor could be reached now, check by check. */
  checks: z.array(executionCheckSchema),
  remedy: z
    .object({
      preconditions: z.array(z.string()),
      steps: z.array(z.string()),
      dry_run: z.string(),
      way_back: z.string().nullable(),
      proof: z.string(),
    })
    .nullable(),
  history: z.array(
    z.object({
      at: timestampSchema,
      actor: z.string(),
      from: actionStateSchema.nullable(),
      to: actionStateSchema,
      why: z.string(),
    }),
  ),
  executions: z.array(
    z.object({
      execution_id: z.string(),
      state: z.string(),
      attempts: z.int(),
      automatic: z.boolean(),
      queued_at: timestampSchema,
      started_at: timestampSchema.nullable(),
      ended_at: timestampSchema.nullable(),
      message: z.string(),
    }),
  ),
  similar: z.array(similarDecisionSchema),
});
export type ActionDetail = z.infer<typeof actionDetailSchema>;

export const actionListInputSchema = z.object({
  state: z.enum([...actionStateSchema.options, 'open', 'all']).default('all'),
  cluster_id: z.string().optional(),
  ...pagingFields,
});
export type ActionListInput = z.infer<typeof actionListInputSchema>;

const actionId = z.object({ action_id: z.string() });
const reasonSchema = freeTextSchema.min(1).max(4_096);
const read = procedure('ACTION_READ');
const decide = procedure('ACTION_APPROVE');
const path = (name: string) => `/actions/{action_id}/${name}` as const;

export const actionsContract = {
  /** `open`: waiting for somebody or under way. */
  list: read
    .route({ method: 'GET', path: '/actions', tags: ['Actions'] })
    .input(actionListInputSchema)
    .output(pageOf(actionSchema)),
  get: read
    .route({ method: 'GET', path: '/actions/{action_id}', tags: ['Actions'] })
    .input(actionId)
    .output(actionDetailSchema),
  /** In advisory mode the answer carries the work order; nothing is executed. */
  approve: decide
    .route({ method: 'POST', path: path('approve'), tags: ['Actions'] })
    .input(actionId.extend({ note: freeTextSchema.max(4_096).default('') }))
    .output(actionSchema),
  reject: decide
    .route({ method: 'POST', path: path('reject'), tags: ['Actions'] })
    .input(actionId.extend({ reason: reasonSchema }))
    .output(actionSchema),
  /** 409 with the reason of every check that is not green. */
  execute: decide
    .route({ method: 'POST', path: path('execute'), tags: ['Actions'] })
    .input(actionId)
    .output(actionSchema),
  outcome: decide
    .route({ method: 'POST', path: path('outcome'), tags: ['Actions'] })
    .input(
      actionId.extend({
        outcome: outcomeSchema,
        note: freeTextSchema.max(4_096).default(''),
        rating: z.int().min(1).max(5).optional(),
      }),
    )
    .output(actionSchema),
};
