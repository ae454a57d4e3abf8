import { Button } from '@mantine/core';
import { useState } from 'react';
import { Age } from '#renderer/components/age.tsx';
import { ErrorState } from '#renderer/components/error-state.tsx';
import styles from '#renderer/components/governance.module.css';
import { LoadingState } from '#renderer/components/loading-state.tsx';
import { useConsoleState } from '#renderer/state/hooks.ts';
import { useRemote } from '#renderer/state/use-remote.ts';
import { GovernanceBar } from '../actions/governance-bar.tsx';
import { examplePolicy } from './example-policy.ts';
import { PolicyEditor } from './policy-editor.tsx';

/** The policies in force, and an editor that says what is wrong and what would change before anything goes live. */
export default function PoliciesPage() {
  const tenantId = useConsoleState((state) => state.tenantId);
  const [name, setName] = useState<string | null>(null);
  const remote = useRemote(tenantId, '', (client, signal) => client.policies.list(undefined, { signal }));
  const policies = remote.phase === 'ready' ? remote.data.items : [];
  const chosen = policies.find(({ policy }) => policy === name) ?? (name === null ? policies[0] : undefined);
  return (
    <div className={styles.page}>
      <GovernanceBar />
      <div className={styles.split}>
        <nav aria-label="Policies in force">
          {remote.phase === 'loading' && <LoadingState what="the policies" />}
          {remote.phase === 'failed' && (
            <ErrorState title="The policies cannot be listed" error={remote.error} onRetry={remote.reload} />
          )}
          {policies.map((policy) => (
            <button
              key={policy.policy}
              type="button"
              className={styles.row}
              style={{ width: '100%', background: 'none', border: 0, textAlign: 'left', font: 'inherit' }}
              aria-current={policy.policy === chosen?.policy || undefined}
              onClick={() => setName(policy.policy)}
            >
              <b>{policy.policy}</b>
              <small>
                version {policy.version}, {policy.rules} rules
              </small>
              <small>{policy.broken ?? policy.description}</small>
              <small>
                <Age at={policy.stored_at} /> by {policy.stored_by}
              </small>
            </button>
          ))}
          <div className={styles.scroll}>
            {remote.phase === 'ready' && policies.length === 0 && (
              <p className={styles.quiet}>
                No policy is in force. People decide; nothing can be executed, whatever is signed.
              </p>
            )}
            <Button onClick={() => setName('')}>New policy</Button>
          </div>
        </nav>
        <div className={styles.aside}>
          <PolicyEditor
            key={`${chosen?.policy ?? ''} ${chosen?.version ?? 0}`}
            start={chosen?.source ?? examplePolicy}
            version={chosen?.version ?? null}
            name={chosen?.policy ?? null}
            onChanged={remote.reload}
          />
        </div>
      </div>
    </div>
  );
}
