import { ORPCError } from '@orpc/server';
import { type ErrorCode, errorStatuses, type FieldError } from '#shared/api/errors.ts';

/** An answer other than success, in the contract's terms. */
export function refusal(
  code: ErrorCode,
  message: string,
  data?: { readonly errors?: readonly FieldError[]; readonly retry_after_seconds?: number },
) {
  return new ORPCError(code, { status: errorStatuses[code], message, data });
}
