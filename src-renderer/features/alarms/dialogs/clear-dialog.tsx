import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { FormDialog } from '#renderer/components/form-dialog.tsx';
import { plural } from '#renderer/components/format-number.ts';
import type { OperationRequest } from '../operations/patches.ts';

interface ClearDialogProps {
  readonly count: number;
  readonly onAnswer: (request: OperationRequest | null) => void;
}

/** Declares conditions over on a person's word. It cannot be undone, so it is asked for. */
export function ClearDialog({ count, onAnswer }: ClearDialogProps) {
  const [note, setNote] = useState('');
  return (
    <FormDialog
      title={`Clear ${plural(count, 'alarm', 'alarms')} by hand`}
      submitLabel="Clear"
      canSubmit
      onSubmit={() => onAnswer({ operation: 'clear', ...(note.trim() === '' ? {} : { note: note.trim() }) })}
      onCancel={() => onAnswer(null)}
    >
      <span>
        The condition counts as over on your word, not on the source’s. This cannot be undone; if the source reports it
        again, it is raised anew.
      </span>
      <TextInput
        label="Note"
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
        maxLength={1024}
        data-autofocus
      />
    </FormDialog>
  );
}
