import { useState } from 'react';
import { type CallError, describeError } from '#renderer/console-api/call-error.ts';

/** Something asked of the engine: whether it is under way, and why it was refused. */
export interface Attempt {
  readonly isBusy: boolean;
  readonly failure: CallError | null;
  /** Answers whether it worked. */
  run(work: () => Promise<unknown>): Promise<boolean>;
}

/** Runs what a person asks for, and keeps what the engine said against it; `after` runs either way. */
export function useAttempt(after: () => void): Attempt {
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<CallError | null>(null);
  return {
    isBusy,
    failure,
    async run(work) {
      setBusy(true);
      setFailure(null);
      try {
        await work();
        return true;
      } catch (error) {
        setFailure(describeError(error));
        return false;
      } finally {
        setBusy(false);
        after();
      }
    },
  };
}
