import { z } from 'zod';
import { timestampSchema } from '#shared/vocabulary/time.ts';
import { procedure } from './procedure.ts';

const optionSchema = z.enum(['A', 'B', 'C']);
const roleSchema = z.enum(['product_owner', 'cto']);

export const adrSignatureSchema = z.object({
  signature_id: z.string(),
  option: optionSchema,
  role: roleSchema,
  name: z.string(),
  signed_at: timestampSchema,
  document_hash: z.string(),
  /** It fits the document and the person's key, and was not revoked. */
  valid: z.boolean(),
  revoked_at: timestampSchema.nullable(),
  revoked_by: z.string().nullable(),
});

/** ADR-001 and what it lets the engine do at this moment. */
export const adrSchema = z.object({
  adr_id: z.string(),
  title: z.string(),
  /** Markdown, as on disk. */
  text: z.string(),
  document_hash: z.string().nullable(),
  chosen: optionSchema,
  /** The option in force: B only while every condition is met, else A. */
  in_force: optionSchema,
  /** For the top bar, for example "A: advisory, unsigned". */
  state: z.string(),
  conditions: z.array(z.object({ name: z.string(), met: z.boolean(), because: z.string() })),
  signatures: z.array(adrSignatureSchema),
  options: z.array(
    z.object({ option: optionSchema, title: z.string(), choosable: z.boolean(), unlocks: z.array(z.string()) }),
  ),
  stopped: z.object({ at: timestampSchema, by: z.string() }).nullable(),
  executor: z.string().nullable(),
  autonomy: z.object({ opted_in: z.boolean(), allowed_types: z.array(z.string()), rollout_share: z.number() }),
  self_test: z.object({ at: timestampSchema, passed: z.boolean() }).nullable(),
  /** Safety gates that do not depend on one action. */
  gates: z.array(z.object({ name: z.string(), title: z.string(), green: z.boolean(), because: z.string() })),
  remote_types: z.array(z.string()),
});
export type Adr = z.infer<typeof adrSchema>;

const adrId = z.object({ adr_id: z.string() });
const reason = { reason: z.string().min(1).max(1_024) };
const decide = procedure('ACTION_APPROVE');
const tags = ['ADR'];

export const adrContract = {
  list: procedure('ACTION_READ')
    .route({ method: 'GET', path: '/adr', tags })
    .output(z.object({ items: z.array(adrSchema), next_cursor: z.null() })),
  choose: decide
    .route({ method: 'POST', path: '/adr/{adr_id}/choose', tags })
    .input(adrId.extend({ option: optionSchema, ...reason }))
    .output(adrSchema),
  /** Only a person who is signed in can sign; the passphrase is asked again, and `document_hash` says what was read. */
  sign: decide
    .route({ method: 'POST', path: '/adr/{adr_id}/sign', tags })
    .input(adrId.extend({ role: roleSchema, passphrase: z.string().max(1_024), document_hash: z.string() }))
    .output(adrSchema),
  revoke: decide
    .route({ method: 'POST', path: '/adr/{adr_id}/revoke', tags })
    .input(adrId.extend(reason))
    .output(adrSchema),
  /** Emergency stop: nothing is executed any more, what is under way is aborted. */
  stop: decide.route({ method: 'POST', path: '/emergency-stop', tags }).input(z.object(reason)).output(adrSchema),
  release: procedure('ACTION_APPROVE')
    .route({ method: 'POST', path: '/emergency-stop/release', tags })
    .input(z.object(reason))
    .output(adrSchema),
  autonomy: procedure('ADMIN')
    .route({ method: 'PUT', path: '/autonomy', tags })
    .input(
      z.object({
        opted_in: z.boolean(),
        allowed_types: z.array(z.string().max(128)).max(100),
        /** Share of entities that the automatism may touch at this stage, 0 to 1. */
        rollout_share: z.number().min(0).max(1),
        ...reason,
      }),
    )
    .output(adrSchema),
  selfTest: decide
    .route({ method: 'POST', path: '/adr/{adr_id}/self-test', tags })
    .input(adrId)
    .output(z.object({ passed: z.boolean(), report: z.array(z.string()), adr: adrSchema })),
};
