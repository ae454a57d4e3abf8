import { z } from 'zod';
import { roleSchema } from '#shared/vocabulary/actions.ts';
import { timestampSchema } from '#shared/vocabulary/time.ts';
import { procedure } from './procedure.ts';

/** Somebody who works with this engine. */
export const personSchema = z.object({
  operator_id: z.string(),
  name: z.string(),
  roles: z.array(roleSchema),
  created_at: timestampSchema,
  disabled: z.boolean(),
});
export type Person = z.infer<typeof personSchema>;

const nameSchema = z
  .string()
  .trim()
  .min(1)
  .max(128)
  .regex(/^\P{Cc}+$/u, 'must not contain control characters');
/** NIST SP 800-63B §3.1.1.2: length matters, not the kinds of characters. */
const newPassphrase = z.string().min(12, 'must have at least 12 characters').max(1_024);
const admin = procedure('ADMIN');
const tags = ['People'];

export const peopleContract = {
  list: procedure('ACTION_READ')
    .route({ method: 'GET', path: '/people', tags })
    .output(z.object({ items: z.array(personSchema), next_cursor: z.null() })),
  /** The first person is made by whoever holds the workstation's console or an ADMIN token, and is an admin. */
  create: admin
    .route({ method: 'POST', path: '/people', successStatus: 201, tags })
    .input(z.object({ name: nameSchema, roles: z.array(roleSchema).min(1), passphrase: newPassphrase }))
    .output(personSchema),
  change: admin
    .route({ method: 'PATCH', path: '/people/{operator_id}', tags })
    .input(
      z.object({
        operator_id: z.string(),
        roles: z.array(roleSchema).min(1).optional(),
        passphrase: newPassphrase.optional(),
        disabled: z.boolean().optional(),
      }),
    )
    .output(personSchema),
  /** Signs in. The secret goes into `Authorization: Bearer …`, or beside a console's own in `X-Pedkai-Session`. */
  signIn: procedure('ALARM_READ')
    .route({ method: 'POST', path: '/people/sessions', successStatus: 201, tags })
    .input(z.object({ name: nameSchema, passphrase: z.string().max(1_024) }))
    .output(z.object({ secret: z.string(), person: personSchema, ends_at: timestampSchema })),
  signOut: procedure('ALARM_READ')
    .route({ method: 'POST', path: '/people/sessions/end', tags })
    .output(z.object({ ended: z.boolean() })),
  /** Who is signed in; null where nobody is. */
  me: procedure('ALARM_READ')
    .route({ method: 'GET', path: '/people/me', tags })
    .output(z.object({ person: personSchema.nullable(), people_exist: z.boolean() })),
};
