import { implement, ORPCError, ValidationError } from '@orpc/server';
import { contract } from '#shared/api/contract.ts';
import { TooManyTriesError } from '../people/passphrase-guard.ts';
import type { ApiContext } from './api-context.ts';
import { refusal } from './refusal.ts';

/** Every procedure checks the caller's scope and puts schema errors into the contract's terms, before anything else runs. */
export const base = implement(contract)
  .$context<ApiContext>()
  .use(async ({ context, procedure, next }) => {
    const { scope, isLive } = procedure['~orpc'].meta;
    if (!context.caller.scopes.has(scope)) throw refusal('FORBIDDEN', `This needs the scope ${scope}.`);
    const behind = context.barrier(isLive === true);
    if (behind !== null) await behind;
    try {
      return await next();
    } catch (error) {
      if (error instanceof TooManyTriesError) throw refusal('TOO_MANY_REQUESTS', error.message);
      throw schemaErrorAsRefusal(error);
    }
  });

function schemaErrorAsRefusal(error: unknown): unknown {
  if (!(error instanceof ORPCError) || error.code !== 'BAD_REQUEST' || !(error.cause instanceof ValidationError))
    return error;
  const errors = error.cause.issues.map((issue) => ({
    field: (issue.path ?? []).map((part) => String(typeof part === 'object' ? part.key : part)).join('.'),
    message: issue.message,
  }));
  return refusal('UNPROCESSABLE_CONTENT', describeFields(errors), { errors });
}

/** One line that names the fields at fault. */
export function describeFields(errors: readonly { readonly field: string; readonly message: string }[]): string {
  return errors.map(({ field, message }) => (field === '' ? message : `${field}: ${message}`)).join('; ');
}
