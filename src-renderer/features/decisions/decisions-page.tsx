import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { Link } from 'wouter';
import { Age } from '#renderer/components/age.tsx';
import { EmptyState } from '#renderer/components/empty-state.tsx';
import { ErrorState } from '#renderer/components/error-state.tsx';
import styles from '#renderer/components/governance.module.css';
import { linkTo } from '#renderer/components/links.ts';
import { LoadingState } from '#renderer/components/loading-state.tsx';
import { useActions, useConsoleState } from '#renderer/state/hooks.ts';
import { useRemote } from '#renderer/state/use-remote.ts';
import { GovernanceBar } from '../actions/governance-bar.tsx';

/** What was decided, by whom, why, and how it came out. */
export default function DecisionsPage() {
  const tenantId = useConsoleState((state) => state.tenantId);
  const actions = useActions();
  const [words, setWords] = useState('');
  const remote = useRemote(`${tenantId} ${words}`, actions.items[0]?.changed_at ?? '', (client, signal) =>
    client.decisions.list({ limit: 200, ...(words === '' ? {} : { q: words }) }, { signal }),
  );
  return (
    <div className={styles.page}>
      <GovernanceBar />
      <div className={styles.scroll}>
        <TextInput
          aria-label="Words of the situation or the reason"
          placeholder="Words of the situation or the reason"
          value={words}
          onChange={(event) => setWords(event.currentTarget.value)}
          maw={420}
          my="sm"
        />
        {remote.phase === 'loading' && <LoadingState what="the decisions" />}
        {remote.phase === 'failed' && (
          <ErrorState title="The decisions cannot be listed" error={remote.error} onRetry={remote.reload} />
        )}
        {remote.phase === 'ready' && remote.data.items.length === 0 && (
          <EmptyState title="No decision yet">
            Every approval and every refusal is remembered with its outcome.
          </EmptyState>
        )}
        {remote.phase === 'ready' && remote.data.items.length > 0 && (
          <table className={styles.table}>
            <thead>
              <tr>
                <th>Action</th>
                <th>Choice</th>
                <th>By</th>
                <th>Situation</th>
                <th>Reason</th>
                <th>Outcome</th>
                <th className={styles.number}>Worth</th>
                <th className={styles.number}>When</th>
              </tr>
            </thead>
            <tbody>
              {remote.data.items.map((decision) => (
                <tr key={decision.decision_id}>
                  <td>
                    <Link href={linkTo.action(decision.action_id)}>{decision.action_type.replaceAll('_', ' ')}</Link>{' '}
                    <bdi>{decision.entity_id}</bdi>
                  </td>
                  <td>{decision.choice}</td>
                  <td>
                    <bdi>{decision.decided_by}</bdi>
                  </td>
                  <td>{decision.situation.slice(0, 200)}</td>
                  <td>{decision.reason}</td>
                  <td>{decision.outcome?.replaceAll('_', ' ') ?? ''}</td>
                  <td className={styles.number}>{decision.reward?.toFixed(2) ?? ''}</td>
                  <td className={styles.number}>
                    <Age at={decision.decided_at} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </div>
    </div>
  );
}
