import { Textarea } from '@mantine/core';
import { useState } from 'react';
import { FormDialog } from '#renderer/components/form-dialog.tsx';
import { plural } from '#renderer/components/format-number.ts';
import type { OperationRequest } from '../operations/patches.ts';

interface CommentDialogProps {
  readonly count: number;
  readonly onAnswer: (request: OperationRequest | null) => void;
}

/** Writes a comment into the history of alarms. */
export function CommentDialog({ count, onAnswer }: CommentDialogProps) {
  const [text, setText] = useState('');
  const canSubmit = text.trim() !== '';
  const submit = () => onAnswer({ operation: 'comment', text: text.trim() });
  return (
    <FormDialog
      title={`Comment on ${plural(count, 'alarm', 'alarms')}`}
      submitLabel="Comment"
      canSubmit={canSubmit}
      onSubmit={submit}
      onCancel={() => onAnswer(null)}
    >
      <Textarea
        label="Comment"
        description="Ctrl Enter sends it."
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && canSubmit) submit();
        }}
        autosize
        minRows={3}
        maxRows={12}
        maxLength={65_536}
        data-autofocus
      />
    </FormDialog>
  );
}
