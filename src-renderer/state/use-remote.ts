import { useCallback, useEffect, useEffectEvent, useState } from 'react';
import type { ConsoleClient } from '#shared/api/contract.ts';
import { type CallError, describeError } from '../console-api/call-error.ts';
import { useConsoleClient } from './hooks.ts';

/** Something that is asked for once, unlike what the stream brings. */
export type Remote<T> =
  | { readonly phase: 'loading' }
  | { readonly phase: 'ready'; readonly data: T }
  | { readonly phase: 'failed'; readonly error: CallError };

interface Settled<T> {
  readonly key: string;
  readonly remote: Remote<T>;
}

const loading = { phase: 'loading' } as const;

/**
 * Asks for what `key` names (null: for nothing) and again when `revision` changes; what was there stays on the screen
 * meanwhile, also when the repeat fails. `reload` asks again.
 */
export function useRemote<T>(
  key: string | null,
  revision: string | number,
  load: (client: ConsoleClient, signal: AbortSignal) => Promise<T>,
): Remote<T> & { readonly reload: () => void } {
  const client = useConsoleClient();
  const [settled, setSettled] = useState<Settled<T> | null>(null);
  const [round, setRound] = useState(0);
  const loadLatest = useEffectEvent((signal: AbortSignal) => load(client, signal));

  // biome-ignore lint/correctness/useExhaustiveDependencies: revision and round are there to ask again.
  useEffect(() => {
    if (key === null) return;
    const controller = new AbortController();
    loadLatest(controller.signal).then(
      (data) => {
        if (!controller.signal.aborted) setSettled({ key, remote: { phase: 'ready', data } });
      },
      (error: unknown) => {
        if (controller.signal.aborted) return;
        setSettled((before) =>
          before?.key === key && before.remote.phase === 'ready'
            ? before
            : { key, remote: { phase: 'failed', error: describeError(error) } },
        );
      },
    );
    return () => controller.abort();
  }, [key, revision, round]);

  const reload = useCallback(() => setRound((before) => before + 1), []);
  const remote = settled?.key === key ? settled.remote : loading;
  return { ...remote, reload };
}
