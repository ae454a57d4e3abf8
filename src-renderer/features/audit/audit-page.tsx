import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { ErrorState } from '#renderer/components/error-state.tsx';
import { formatExact } from '#renderer/components/format-time.ts';
import styles from '#renderer/components/governance.module.css';
import { LoadingState } from '#renderer/components/loading-state.tsx';
import { useConsoleState } from '#renderer/state/hooks.ts';
import { useRemote } from '#renderer/state/use-remote.ts';
import { GovernanceBar } from '../actions/governance-bar.tsx';

const pageSize = 200;

/** Who decided what: the newest records of the trail, which nobody can change unnoticed. */
export default function AuditPage() {
  const tenantId = useConsoleState((state) => state.tenantId);
  const [what, setWhat] = useState('');
  const [cursor, setCursor] = useState<string | null>(null);
  const remote = useRemote(`${tenantId} ${what} ${cursor}`, '', (client, signal) =>
    client.audit.list(
      { limit: pageSize, ...(what === '' ? {} : { what }), ...(cursor === null ? {} : { cursor }) },
      { signal },
    ),
  );
  const choose = (text: string) => {
    setWhat(text);
    setCursor(null);
  };
  return (
    <div className={styles.page}>
      <GovernanceBar />
      <div className={styles.scroll}>
        <div className={styles.buttons}>
          <TextInput
            aria-label="What begins with"
            placeholder="What begins with: action. adr. policy. session."
            value={what}
            onChange={(event) => choose(event.currentTarget.value.trim())}
            w={320}
          />
          <Button onClick={() => (cursor === null ? remote.reload() : setCursor(null))}>Newest</Button>
          {remote.phase === 'ready' && remote.data.next_cursor !== null && (
            <Button onClick={() => setCursor(remote.data.next_cursor)}>Older</Button>
          )}
        </div>
        <p className={styles.quiet}>
          Each record carries the hash of the one before it. “pedkai audit verify” checks the whole chain.
        </p>
        {remote.phase === 'loading' && <LoadingState what="the audit trail" />}
        {remote.phase === 'failed' && (
          <ErrorState title="The audit trail cannot be shown" error={remote.error} onRetry={remote.reload} />
        )}
        {remote.phase === 'ready' && (
          <table className={styles.table}>
            <thead>
              <tr>
                <th className={styles.number}>No.</th>
                <th>When</th>
                <th>Who</th>
                <th>What</th>
                <th>To what</th>
                <th>Why</th>
                <th>Hash</th>
              </tr>
            </thead>
            <tbody>
              {remote.data.items.map((record) => (
                <tr key={record.number}>
                  <td className={styles.number}>{record.number}</td>
                  <td>{formatExact(Date.parse(record.at))}</td>
                  <td>
                    <bdi>{record.actor}</bdi>{' '}
                    <span className={styles.quiet}>{record.actor_kind.replace('_', ' ')}</span>
                  </td>
                  <td>{record.what}</td>
                  <td className={styles.mono}>{record.subject}</td>
                  <td>{record.why.slice(0, 300)}</td>
                  <td className={styles.mono} title={record.hash}>
                    {record.hash.slice(0, 10)}
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
