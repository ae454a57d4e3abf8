import { Button } from '@mantine/core';
import { EmptyState } from '../components/empty-state.tsx';
import { useConnection, useConsole } from '../state/hooks.ts';
import { Countdown } from './connection-notice.tsx';

/** The engine has not answered yet, so there is nothing to show. */
export function UnreachablePage() {
  const connection = useConnection();
  const { retryNow } = useConsole();
  if (connection.phase !== 'lost') return null;
  return (
    <EmptyState title="The engine does not answer">
      <p>
        {connection.error.title}: {connection.error.detail}
      </p>
      <p>
        Attempt {connection.attempt}, <Countdown retryAt={connection.retryAt} />. Alarms that senders were told are
        accepted are on disk.
      </p>
      <p style={{ marginTop: 12 }}>
        <Button onClick={retryNow}>Try now</Button>
      </p>
    </EmptyState>
  );
}
