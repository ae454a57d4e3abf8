import { ORPCError } from '@orpc/client';
import { z } from 'zod';
import { fieldErrorSchema } from '#shared/api/errors.ts';
import { PortRefusedError } from './port-transport.ts';

/** A failed call in words: what happened, and what to do where we know. */
export interface CallError {
  /** HTTP status of the answer; null when there was no answer. */
  readonly status: number | null;
  readonly title: string;
  readonly detail: string;
}

const fieldErrors = z.object({ errors: z.array(fieldErrorSchema) });

const titles: Readonly<Record<number, string>> = {
  401: 'The engine does not know this console',
  403: 'Not allowed',
  404: 'Not found',
  409: 'Not possible in its present state',
  422: 'The engine refused the input',
  503: 'The engine is busy',
};

/** Puts anything that a call threw into words for the screen. */
export function describeError(error: unknown): CallError {
  if (error instanceof PortRefusedError) return { status: null, title: 'Engine not running', detail: error.message };
  if (error instanceof ORPCError && typeof error.status === 'number') {
    const fields = fieldErrors.safeParse(error.data);
    const named = fields.success
      ? fields.data.errors.map(({ field, message }) => `${field} ${message}`).join('; ')
      : '';
    const detail = named === '' ? String(error.message) : named;
    return { status: error.status, title: titles[error.status] ?? `The engine answered ${error.status}`, detail };
  }
  const detail = error instanceof Error ? error.message : String(error);
  return { status: null, title: 'The engine cannot be reached', detail };
}

/** Whether trying again with the same credentials is useless: 401 and 403. */
export function isRefusal(error: CallError): boolean {
  return error.status === 401 || error.status === 403;
}
