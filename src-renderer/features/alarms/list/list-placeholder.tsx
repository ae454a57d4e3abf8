import { Button } from '@mantine/core';
import { EmptyState } from '#renderer/components/empty-state.tsx';
import { formatCount } from '#renderer/components/format-number.ts';
import { LoadingState } from '#renderer/components/loading-state.tsx';

interface ListPlaceholderProps {
  readonly hasSnapshot: boolean;
  /** Alarms at hand, whatever the query. */
  readonly total: number;
  readonly hidden: { readonly cleared: number; readonly shelved: number };
  readonly queryText: string;
  readonly onEmptyQuery: () => void;
}

/** Why the list is empty: still loading, nothing there at all, or nothing that fits. */
export function ListPlaceholder({ hasSnapshot, total, hidden, queryText, onEmptyQuery }: ListPlaceholderProps) {
  if (!hasSnapshot) return <LoadingState what="the alarms" />;
  if (total === 0) {
    return (
      <EmptyState title="No alarm stands">
        Nothing was reported for this tenant, or all of it is over. Alarms appear here the moment a source reports them;
        the settings show how to send one.
      </EmptyState>
    );
  }
  const aside = hidden.cleared + hidden.shelved;
  if (queryText === '') {
    return (
      <EmptyState title="No alarm waits">
        All {formatCount(total)} alarms are shelved or cleared. They can be shown above.
      </EmptyState>
    );
  }
  return (
    <EmptyState title="No alarm fits the query">
      <p>
        {aside > 0
          ? `${formatCount(aside)} that fit are shelved or cleared and can be shown above.`
          : `${formatCount(total)} alarms are at hand.`}
      </p>
      <Button mt="sm" onClick={onEmptyQuery}>
        Empty the query
      </Button>
    </EmptyState>
  );
}
