import { Button, TextInput } from '@mantine/core';
import { type SubmitEvent, useState } from 'react';
import { Key } from '#renderer/components/key.tsx';
import { Section } from '#renderer/components/section.tsx';
import { useHotkeyGroup } from '#renderer/frame/keys/use-hotkeys.ts';
import type { Incident } from '#shared/api/incidents.ts';
import styles from './incident-page.module.css';
import type { IncidentWork } from './use-incident-work.ts';

interface OwnerFormProps {
  readonly incident: Incident;
  readonly work: IncidentWork;
  readonly onChanged: () => void;
}

/** Whose it is, and the way to take it or to give it to somebody. */
export function OwnerForm({ incident, work, onChanged }: OwnerFormProps) {
  const [name, setName] = useState('');
  const isMine = incident.owner === work.operator;

  async function give(owner: string | null): Promise<void> {
    if (await work.assign(incident, owner)) setName('');
    onChanged();
  }

  function submit(event: SubmitEvent): void {
    event.preventDefault();
    if (name.trim() !== '') void give(name.trim());
  }

  const canTake = work.mayWrite && !isMine;
  useHotkeyGroup('Incident', [{ keys: 'o', label: 'own it', run: () => void give(work.operator), isEnabled: canTake }]);

  return (
    <Section heading="Owner">
      <p className={styles.owner}>
        {incident.owner === null ? <span className={styles.nobody}>nobody yet</span> : <bdi>{incident.owner}</bdi>}
        {isMine && <span className={styles.nobody}> — that is you</span>}
      </p>
      <div className={styles.ownerActions}>
        {!isMine && (
          <Button disabled={!canTake} onClick={() => void give(work.operator)} rightSection={<Key keys="o" />}>
            Assign to me
          </Button>
        )}
        {incident.owner !== null && (
          <Button disabled={!work.mayWrite} onClick={() => void give(null)}>
            Nobody
          </Button>
        )}
      </div>
      <form className={styles.give} onSubmit={submit}>
        <TextInput
          aria-label="Give it to"
          placeholder="Give it to somebody"
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          disabled={!work.mayWrite}
          maxLength={128}
        />
        <Button type="submit" disabled={!work.mayWrite || name.trim() === ''}>
          Assign
        </Button>
      </form>
    </Section>
  );
}
