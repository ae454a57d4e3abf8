import { Button, Select, Textarea } from '@mantine/core';
import { useState } from 'react';
import { FormDialog } from '#renderer/components/form-dialog.tsx';
import styles from '#renderer/components/governance.module.css';
import { Key } from '#renderer/components/key.tsx';
import { useHotkeyGroup } from '#renderer/frame/keys/use-hotkeys.ts';
import { useConsoleClient } from '#renderer/state/hooks.ts';
import type { ActionDetail } from '#shared/api/actions.ts';
import { type Outcome, outcomeSchema } from '#shared/vocabulary/actions.ts';
import { FailureLine } from './failure-line.tsx';
import { useAttempt } from './use-attempt.ts';

type Asked = 'approve' | 'reject' | 'outcome';

const titles: Readonly<Record<Asked, string>> = {
  approve: 'Approve this action',
  reject: 'Reject this action',
  outcome: 'Report the outcome',
};
const outcomes = outcomeSchema.options.map((value) => ({ value, label: value.replaceAll('_', ' ') }));

interface ActionButtonsProps {
  readonly action: ActionDetail;
  readonly onChanged: () => void;
}

/** What can be done with an action from where it stands; each decision asks for its reason. */
export function ActionButtons({ action, onChanged }: ActionButtonsProps) {
  const client = useConsoleClient();
  const attempt = useAttempt(onChanged);
  const [asked, setAsked] = useState<Asked | null>(null);
  const [words, setWords] = useState('');
  const [outcome, setOutcome] = useState<Outcome>('worked');
  const { action_id, state } = action;
  const can = {
    approve: state === 'proposed',
    reject: state === 'proposed' || state === 'approved',
    execute: state === 'approved' && action.checks.every(({ green }) => green),
    outcome: state === 'approved' || state === 'executed',
  };
  const begin = (what: Asked) => {
    setWords('');
    setAsked(what);
  };
  useHotkeyGroup('Action', [
    { keys: 'y', label: 'approve', run: () => begin('approve'), isEnabled: can.approve },
    { keys: 'n', label: 'reject', run: () => begin('reject'), isEnabled: can.reject },
    { keys: 'o', label: 'report the outcome', run: () => begin('outcome'), isEnabled: can.outcome },
  ]);

  async function submit(what: Asked): Promise<void> {
    setAsked(null);
    await attempt.run(() => {
      if (what === 'approve') return client.actions.approve({ action_id, note: words });
      if (what === 'reject') return client.actions.reject({ action_id, reason: words });
      return client.actions.outcome({ action_id, outcome, note: words });
    });
  }

  return (
    <>
      <div className={styles.buttons}>
        {can.approve && (
          <Button
            variant="filled"
            loading={attempt.isBusy}
            rightSection={<Key keys="y" />}
            onClick={() => begin('approve')}
          >
            Approve
          </Button>
        )}
        {can.execute && (
          <Button variant="filled" onClick={() => void attempt.run(() => client.actions.execute({ action_id }))}>
            Execute
          </Button>
        )}
        {can.outcome && (
          <Button rightSection={<Key keys="o" />} onClick={() => begin('outcome')}>
            Report the outcome
          </Button>
        )}
        {can.reject && (
          <Button rightSection={<Key keys="n" />} onClick={() => begin('reject')}>
            Reject
          </Button>
        )}
      </div>
      <FailureLine failure={attempt.failure} />
      {asked !== null && (
        <FormDialog
          title={titles[asked]}
          submitLabel={asked === 'approve' ? 'Approve' : asked === 'reject' ? 'Reject' : 'Report'}
          canSubmit={asked !== 'reject' || words.trim() !== ''}
          onSubmit={() => void submit(asked)}
          onCancel={() => setAsked(null)}
        >
          {asked === 'outcome' && (
            <Select
              label="How did it come out?"
              data={outcomes}
              value={outcome}
              onChange={(value) => setOutcome(outcomeSchema.catch('worked').parse(value))}
            />
          )}
          <Textarea
            data-autofocus
            label={asked === 'reject' ? 'Reason' : 'Note'}
            value={words}
            onChange={(event) => setWords(event.currentTarget.value)}
            autosize
            minRows={2}
          />
        </FormDialog>
      )}
    </>
  );
}
