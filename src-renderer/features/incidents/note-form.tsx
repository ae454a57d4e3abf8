import { Button, Textarea } from '@mantine/core';
import { type SubmitEvent, useRef, useState } from 'react';
import { Key } from '#renderer/components/key.tsx';
import { Section } from '#renderer/components/section.tsx';
import { useHotkeyGroup } from '#renderer/frame/keys/use-hotkeys.ts';
import type { Incident } from '#shared/api/incidents.ts';
import styles from './incident-page.module.css';
import type { IncidentWork } from './use-incident-work.ts';

interface NoteFormProps {
  readonly incident: Incident;
  readonly work: IncidentWork;
  readonly onChanged: () => void;
}

/** Writes into the timeline. What was typed stays until the engine kept it. */
export function NoteForm({ incident, work, onChanged }: NoteFormProps) {
  const [text, setText] = useState('');
  const [isSending, setSending] = useState(false);
  const input = useRef<HTMLTextAreaElement>(null);
  useHotkeyGroup('Incident', [
    { keys: 'c', label: 'write a note', run: () => input.current?.focus(), isEnabled: work.mayWrite },
  ]);
  const canSend = text.trim() !== '' && !isSending && work.mayWrite;

  async function send(): Promise<void> {
    if (!canSend) return;
    setSending(true);
    if (await work.note(incident, text.trim())) setText('');
    setSending(false);
    onChanged();
  }

  function submit(event: SubmitEvent): void {
    event.preventDefault();
    void send();
  }

  return (
    <Section heading="Note">
      <form className={styles.note} onSubmit={submit}>
        <Textarea
          ref={input}
          className={styles.noteText}
          aria-label="Note"
          placeholder="What was found, done or agreed"
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void send();
            if (event.key === 'Escape') event.currentTarget.blur();
          }}
          disabled={!work.mayWrite}
          autosize
          minRows={1}
          maxRows={10}
          maxLength={65_536}
        />
        <Button type="submit" disabled={!canSend} rightSection={<Key keys="mod+enter" />}>
          Keep
        </Button>
      </form>
    </Section>
  );
}
