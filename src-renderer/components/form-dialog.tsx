import { Button, Group, Modal, Stack } from '@mantine/core';
import type { ReactNode, SubmitEvent } from 'react';

interface FormDialogProps {
  readonly title: string;
  readonly submitLabel: string;
  readonly canSubmit: boolean;
  readonly onSubmit: () => void;
  readonly onCancel: () => void;
  readonly children: ReactNode;
}

/** A dialog with fields: Enter or the button does it, Esc leaves. */
export function FormDialog({ title, submitLabel, canSubmit, onSubmit, onCancel, children }: FormDialogProps) {
  function submit(event: SubmitEvent): void {
    event.preventDefault();
    if (canSubmit) onSubmit();
  }
  return (
    <Modal opened onClose={onCancel} title={title} closeButtonProps={{ 'aria-label': 'Close' }}>
      <form onSubmit={submit}>
        <Stack gap="sm">
          {children}
          <Group justify="flex-end" gap="xs">
            <Button onClick={onCancel}>Cancel</Button>
            <Button type="submit" variant="filled" disabled={!canSubmit}>
              {submitLabel}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
