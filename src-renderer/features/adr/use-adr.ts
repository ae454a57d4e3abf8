import { useConsoleState } from '#renderer/state/hooks.ts';
import { useEverySeconds } from '#renderer/state/use-every-seconds.ts';
import { type Remote, useRemote } from '#renderer/state/use-remote.ts';
import type { Adr } from '#shared/api/adr.ts';

const refreshSeconds = 5;

/** The document and its state, asked for again now and then: others sign, revoke and stop, too. */
export function useAdr(): Remote<Adr> & { readonly reload: () => void } {
  const tenantId = useConsoleState((state) => state.tenantId);
  const round = useEverySeconds(refreshSeconds);
  return useRemote(tenantId, round, async (client, signal) => {
    const [adr] = (await client.adr.list(undefined, { signal })).items;
    if (adr === undefined) throw new Error('The engine knows no ADR-001.');
    return adr;
  });
}
