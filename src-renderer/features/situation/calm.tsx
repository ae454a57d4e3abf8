import { Age } from '../../components/age.tsx';
import { CopyBlock } from '../../components/copy-block.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { plural } from '../../components/format-number.ts';
import { curlCommand } from '../../frame/guidance.ts';
import { usePulse, useSession } from '../../state/hooks.ts';

/** Nothing is happening, and one can rely on that: who was heard, and when. */
export function Calm({ aloneCount }: { readonly aloneCount: number }) {
  const pulse = usePulse();
  const session = useSession();
  if (pulse === null) return null;
  if (pulse.ledger.received === 0 && session !== null) {
    return (
      <EmptyState title="Waiting for the first alarm">
        <p>Nothing was received for this tenant yet. Send one with a token from Settings:</p>
        <div style={{ marginTop: 12 }}>
          <CopyBlock label="curl command" text={curlCommand(session.engine.url, pulse.at)} />
        </div>
      </EmptyState>
    );
  }
  return (
    <EmptyState title={pulse.flood ? 'Nothing stands' : 'All quiet'}>
      {pulse.flood && (
        <p>
          {plural(pulse.raised_last_ten_minutes, 'alarm was', 'alarms were')} raised in the last ten minutes, and
          cleared again.
        </p>
      )}
      <p>
        No cluster of alarms stands
        {aloneCount > 0 && `; ${plural(aloneCount, 'alarm stands', 'alarms stand')} alone, none of them above minor`}.
        {pulse.last_event_at !== null && (
          <>
            {' '}
            The last event came <Age at={pulse.last_event_at} /> ago.
          </>
        )}
      </p>
    </EmptyState>
  );
}
