import { Button } from '@mantine/core';
import { useState } from 'react';
import styles from '#renderer/components/governance.module.css';
import { Section } from '#renderer/components/section.tsx';
import { useConsoleClient } from '#renderer/state/hooks.ts';
import { useRemote } from '#renderer/state/use-remote.ts';
import { FailureLine } from '../actions/failure-line.tsx';
import { useAttempt } from '../actions/use-attempt.ts';

interface PolicyEditorProps {
  readonly start: string;
  /** The version that is being changed; null for a new policy. */
  readonly version: number | null;
  readonly name: string | null;
  readonly onChanged: () => void;
}

/** Checks while one writes: every fault with its line, and which past actions would have been judged otherwise. */
export function PolicyEditor({ start, version, name, onChanged }: PolicyEditorProps) {
  const client = useConsoleClient();
  const attempt = useAttempt(onChanged);
  const [source, setSource] = useState(start);
  const tried = useRemote(source, '', (ask, signal) => ask.policies.tryOut({ source }, { signal }));
  const faults = tried.phase === 'ready' ? tried.data.faults : [];
  const isChanged = source !== start || version === null;
  const save = () =>
    void attempt.run(() =>
      client.policies.put({
        source,
        note: 'Edited in the console.',
        ...(version === null ? {} : { expected_version: version }),
      }),
    );
  return (
    <div className={styles.scroll}>
      <textarea
        className={styles.field}
        aria-label="Text of the policy"
        rows={24}
        spellCheck={false}
        value={source}
        aria-invalid={faults.length > 0}
        onChange={(event) => setSource(event.currentTarget.value)}
      />
      <div className={styles.buttons}>
        <Button variant="filled" disabled={faults.length > 0 || !isChanged} loading={attempt.isBusy} onClick={save}>
          {version === null ? 'Put in force' : `Put version ${version + 1} in force`}
        </Button>
        {name !== null && (
          <Button
            onClick={() =>
              void attempt.run(() => client.policies.withdraw({ policy: name, reason: 'Withdrawn in the console.' }))
            }
          >
            Withdraw
          </Button>
        )}
      </div>
      <FailureLine failure={attempt.failure} />
      {faults.length > 0 && (
        <Section heading="What is wrong" aside={String(faults.length)}>
          {faults.map((fault) => (
            <p key={`${fault.line} ${fault.column} ${fault.message}`} className={styles.failure}>
              Line {fault.line}: {fault.message}
            </p>
          ))}
        </Section>
      )}
      {tried.phase === 'ready' && faults.length === 0 && (
        <Section heading="What if" aside={`${tried.data.changed.length} of ${tried.data.judged} past actions`}>
          {tried.data.changed.length === 0 && (
            <p className={styles.quiet}>No past action would have been judged otherwise.</p>
          )}
          <table className={styles.table}>
            <tbody>
              {tried.data.changed.slice(0, 100).map((change) => (
                <tr key={change.action_id}>
                  <td>
                    <bdi>{change.title}</bdi>
                  </td>
                  <td>{change.before}</td>
                  <td>{change.after}</td>
                  <td>{change.because}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Section>
      )}
    </div>
  );
}
