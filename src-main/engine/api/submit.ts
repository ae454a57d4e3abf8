import type { Command, CoreResult } from '../core/inputs.ts';
import { unavailableFrom } from '../core/unavailable.ts';
import { StoreTroubleError } from '../store/store-trouble.ts';
import type { ApiContext } from './api-context.ts';
import { refusal } from './refusal.ts';
import type { ApiServices } from './services.ts';

/** The tenant that the caller works for; refused where there is none yet. */
export function tenantOf({ caller }: ApiContext): string {
  if (caller.tenantId === null)
    throw refusal('CONFLICT', 'There is no tenant yet. Create a token: the first token makes its tenant.');
  return caller.tenantId;
}

/** The object that was asked for, or the answer that there is none. */
export function found<T>(object: T | null, what: string): T {
  if (object === null) throw refusal('NOT_FOUND', `There is no ${what}.`);
  return object;
}

/** The page that was asked for, or the answer that the cursor is not one of ours. */
export function pageOrRefusal<T>(page: T | null): T {
  if (page === null)
    throw refusal('UNPROCESSABLE_CONTENT', 'The cursor is not one that a list gave out.', {
      errors: [{ field: 'cursor', message: 'is not one that a list gave out' }],
    });
  return page;
}

/** Answers of a queue that cannot take more, in the contract's terms; anything else is passed on. */
export function asRefusal(error: unknown): unknown {
  const unavailable = unavailableFrom(error);
  if (unavailable === null) return error;
  return refusal('SERVICE_UNAVAILABLE', unavailable.message, { retry_after_seconds: unavailable.retryAfterSeconds });
}

/** Has a command carried out and waits until it is on disk. Throws the refusal when the engine refuses it. */
export async function command(
  services: ApiServices,
  context: ApiContext,
  tenantId: string,
  toDo: Command,
): Promise<Extract<CoreResult, { kind: 'done' }>> {
  let result: CoreResult;
  try {
    result = await services.intake.submit({
      kind: 'command',
      entryId: services.newId(),
      tenantId,
      operator: context.caller.operator,
      actor: context.caller.actor,
      command: toDo,
      trace: context.trace,
    });
  } catch (error) {
    throw asRefusal(error);
  }
  if (result.kind === 'refused') throw refusal(result.refusal.code, result.refusal.message);
  if (result.kind === 'failed' && result.isStoreTrouble) throw asRefusal(new StoreTroubleError(result.message));
  if (result.kind === 'failed') throw new Error(`The core failed: ${result.message}`);
  if (result.kind !== 'done') throw new Error(`The core answered ${result.kind} to a command.`);
  return result;
}
