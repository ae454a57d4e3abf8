import type { LogLevel } from '../telemetry/logger.ts';
import type { BatchAnswer, CoreInput, CoreProgress, SequencedChange } from './inputs.ts';
import type { CoreSettings } from './open-core.ts';

/** What the core thread is started with. */
export interface ThreadData {
  readonly settings: CoreSettings;
  readonly logLevel: LogLevel;
}

/** An error as it crosses the thread boundary. */
export interface SerialisedError {
  readonly name: string;
  readonly message: string;
  readonly stack: string | null;
}

export type ToThread =
  | { readonly kind: 'batch'; readonly number: number; readonly inputs: readonly CoreInput[] }
  /** Whether somebody listens to changes. */
  | { readonly kind: 'listen'; readonly isWanted: boolean }
  /** Somebody waits until the handlers have come to this position. */
  | { readonly kind: 'hurry'; readonly position: number }
  | { readonly kind: 'settle'; readonly number: number }
  | { readonly kind: 'close' };

export type FromThread =
  | { readonly kind: 'opened'; readonly progress: CoreProgress }
  | { readonly kind: 'could-not-open'; readonly error: SerialisedError }
  | { readonly kind: 'answer'; readonly number: number; readonly answer: BatchAnswer }
  | { readonly kind: 'failed'; readonly number: number; readonly error: SerialisedError }
  | { readonly kind: 'settled'; readonly number: number }
  | { readonly kind: 'changes'; readonly changes: readonly SequencedChange[] | null }
  | { readonly kind: 'progress'; readonly progress: CoreProgress }
  | { readonly kind: 'log'; readonly line: string }
  | { readonly kind: 'closed' };

export function serialiseError(error: unknown): SerialisedError {
  return error instanceof Error
    ? { name: error.name, message: error.message, stack: error.stack ?? null }
    : { name: 'Error', message: String(error), stack: null };
}

/** The error again, on the other side; its name is kept, so that the kind of failure can be told. */
export function revivedError(error: SerialisedError): Error {
  const revived = new Error(error.message);
  revived.name = error.name;
  if (error.stack !== null) revived.stack = error.stack;
  return revived;
}
