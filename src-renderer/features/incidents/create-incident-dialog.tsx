import { Select, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { FormDialog } from '#renderer/components/form-dialog.tsx';
import { linkTo } from '#renderer/components/links.ts';
import { type CallError, describeError } from '#renderer/console-api/call-error.ts';
import { useConsole } from '#renderer/state/hooks.ts';
import { type Severity, severities } from '#shared/vocabulary/severity.ts';

/** Opens an incident by hand and goes to it. What was typed stays when the engine refuses it. */
export function CreateIncidentDialog({ onClose }: { readonly onClose: () => void }) {
  const console = useConsole();
  const [, navigate] = useLocation();
  const [title, setTitle] = useState('');
  const [severity, setSeverity] = useState<Severity>('major');
  const [entityId, setEntityId] = useState('');
  const [note, setNote] = useState('');
  const [isSending, setSending] = useState(false);
  const [error, setError] = useState<CallError | null>(null);

  async function create(): Promise<void> {
    setSending(true);
    try {
      const made = await console.client.incidents.create({
        title: title.trim(),
        severity,
        ...(entityId.trim() === '' ? {} : { entity_id: entityId.trim() }),
        ...(note.trim() === '' ? {} : { note: note.trim() }),
      });
      console.feed.put([{ topic: 'incident', change: 'upserted', data: made }]);
      onClose();
      navigate(linkTo.incident(made.incident_id));
    } catch (thrown) {
      setError(describeError(thrown));
      setSending(false);
    }
  }

  return (
    <FormDialog
      title="Open an incident"
      submitLabel="Open"
      canSubmit={title.trim() !== '' && !isSending}
      onSubmit={() => void create()}
      onCancel={onClose}
    >
      <TextInput
        label="What happens"
        value={title}
        onChange={(event) => setTitle(event.currentTarget.value)}
        maxLength={512}
        required
        data-autofocus
      />
      <Select
        label="Severity"
        data={severities}
        value={severity}
        onChange={(value) => setSeverity(severities.find((one) => one === value) ?? severity)}
        allowDeselect={false}
      />
      <TextInput
        label="Entity"
        description="The managed object, if one is known."
        value={entityId}
        onChange={(event) => setEntityId(event.currentTarget.value)}
        maxLength={256}
      />
      <Textarea
        label="Note"
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
        autosize
        minRows={2}
        maxRows={8}
        maxLength={65_536}
      />
      {error !== null && (
        <p role="alert">
          {error.title}: {error.detail}
        </p>
      )}
    </FormDialog>
  );
}
