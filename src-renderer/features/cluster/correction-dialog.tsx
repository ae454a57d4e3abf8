import { Select, Textarea } from '@mantine/core';
import { useState } from 'react';
import { FormDialog } from '../../components/form-dialog.tsx';
import { plural } from '../../components/format-number.ts';
import { useClusters } from '../../state/hooks.ts';
import type { Corrections } from './use-corrections.tsx';

/** What is asked for: what to do with the chosen members, or with the whole cluster. */
export type CorrectionWish =
  | { readonly kind: 'split' | 'move' | 'apart'; readonly alarmIds: readonly string[] }
  | { readonly kind: 'merge' };

interface CorrectionDialogProps {
  readonly clusterId: string;
  readonly wish: CorrectionWish;
  readonly corrections: Corrections;
  /** Closes the dialog; tells whether anything was done. */
  readonly onDone: (isDone: boolean) => void;
}

const words = {
  split: {
    title: (count: string) => `Split ${count} off`,
    submit: 'Split off',
    hint: 'They become a happening of their own and stay out of this one. What comes later at the same equipment goes with them.',
  },
  move: {
    title: (count: string) => `Move ${count}`,
    submit: 'Move',
    hint: 'They belong to the other happening and stay there, whatever correlation finds later.',
  },
  apart: {
    title: (count: string) => `Never group ${count} with the rest`,
    submit: 'Keep apart for good',
    hint: 'They leave, and alarms of their kinds are kept apart from alarms of the kinds that stay, from now on. Settings lists what people taught and takes it back.',
  },
  merge: {
    title: () => 'Merge this happening into another',
    submit: 'Merge',
    hint: 'All its alarms go there, and so does what correlation finds for it later.',
  },
} as const;

/** Asks where to, and why. */
export function CorrectionDialog({ clusterId, wish, corrections, onDone }: CorrectionDialogProps) {
  const clusters = useClusters();
  const [target, setTarget] = useState<string | null>(null);
  const [note, setNote] = useState('');
  const [isSending, setSending] = useState(false);
  const needsTarget = wish.kind === 'move' || wish.kind === 'merge';
  const others = clusters.items.filter(({ cluster_id, state }) => state === 'active' && cluster_id !== clusterId);
  const { title, submit, hint } = words[wish.kind];
  const count = wish.kind === 'merge' ? '' : plural(wish.alarmIds.length, 'alarm', 'alarms');

  async function carryOut(): Promise<void> {
    setSending(true);
    const isDone = await perform();
    setSending(false);
    if (isDone) onDone(true);
  }
  function perform(): Promise<boolean> {
    if (wish.kind === 'merge') return corrections.merge(target ?? '', note);
    if (wish.kind === 'move') return corrections.move(wish.alarmIds, target ?? '', note);
    return wish.kind === 'split' ? corrections.split(wish.alarmIds, note) : corrections.apart(wish.alarmIds, note);
  }

  return (
    <FormDialog
      title={title(count)}
      submitLabel={submit}
      canSubmit={!isSending && (!needsTarget || target !== null)}
      onSubmit={() => void carryOut()}
      onCancel={() => onDone(false)}
    >
      <p>{hint}</p>
      {needsTarget && (
        <Select
          label="To the happening"
          placeholder={others.length === 0 ? 'there is no other' : 'find by its title'}
          data={others.map(({ cluster_id, title: name, alarm_count }) => ({
            value: cluster_id,
            label: `${name} (${plural(alarm_count, 'alarm', 'alarms')})`,
          }))}
          value={target}
          onChange={setTarget}
          searchable
          limit={50}
          data-autofocus
          required
        />
      )}
      <Textarea
        label="Why (optional)"
        description="Stands in the timeline and beside each alarm."
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
        maxLength={1024}
        autosize
        minRows={2}
        data-autofocus={!needsTarget || undefined}
      />
    </FormDialog>
  );
}
