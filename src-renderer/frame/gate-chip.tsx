import { Link } from 'wouter';
import { useActions, useConsoleState } from '../state/hooks.ts';
import { useEverySeconds } from '../state/use-every-seconds.ts';
import { useRemote } from '../state/use-remote.ts';
import { Chip } from './chip.tsx';

/** Somebody else may sign, revoke or stop. */
const refreshSeconds = 10;

/** What ADR-001 lets the software do at this moment; leads to the document. */
export function GateChip() {
  const tenantId = useConsoleState((state) => state.tenantId);
  const actions = useActions();
  const round = useEverySeconds(refreshSeconds);
  const remote = useRemote(tenantId, `${round} ${actions.items.length}`, (client, signal) =>
    client.adr.list(undefined, { signal }),
  );
  const adr = remote.phase === 'ready' ? remote.data.items[0] : undefined;
  if (adr === undefined) return null;
  const tone = adr.stopped !== null ? 'danger' : adr.in_force === 'B' ? 'caution' : 'normal';
  return (
    <Link href="/adr" style={{ textDecoration: 'none' }}>
      <Chip tone={tone} title="What ADR-001 lets the software do by itself">
        {adr.state}
      </Chip>
    </Link>
  );
}
