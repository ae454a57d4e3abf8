import { isStoreTrouble } from '../store/store-trouble.ts';
import { NotRunningError, QueueFullError } from './intake.ts';

/** Why nothing is taken at the moment, and when to come back. */
export interface Unavailable {
  readonly message: string;
  readonly retryAfterSeconds: number;
}

const retryWhenStartedSeconds = 5;
const retryWithSpaceSeconds = 30;

/** What an error of the intake means to a sender; null for an error that coming back does not help. */
export function unavailableFrom(error: unknown): Unavailable | null {
  if (error instanceof QueueFullError) return { message: error.message, retryAfterSeconds: error.retryAfterSeconds };
  if (error instanceof NotRunningError) return { message: error.message, retryAfterSeconds: retryWhenStartedSeconds };
  if (isStoreTrouble(error)) return { message: error.message, retryAfterSeconds: retryWithSpaceSeconds };
  return null;
}
