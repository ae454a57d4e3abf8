import { Button, MultiSelect, PasswordInput, TextInput } from '@mantine/core';
import { type SubmitEvent, useState } from 'react';
import styles from '#renderer/components/governance.module.css';
import { Section } from '#renderer/components/section.tsx';
import { useConsole } from '#renderer/state/hooks.ts';
import { roleSchema, roles } from '#shared/vocabulary/actions.ts';
import { FailureLine } from '../actions/failure-line.tsx';
import { useAttempt } from '../actions/use-attempt.ts';

interface NewPersonFormProps {
  /** Nobody is set up yet: this one is an admin. */
  readonly isFirst: boolean;
  readonly onChanged: () => void;
}

const choices = roles.map((value) => ({ value, label: value.replaceAll('_', ' ') }));

/** Adds somebody; what they may do follows from their roles. */
export function NewPersonForm({ isFirst, onChanged }: NewPersonFormProps) {
  const console = useConsole();
  const attempt = useAttempt(onChanged);
  const [name, setName] = useState('');
  const [held, setHeld] = useState<string[]>(isFirst ? ['admin'] : ['operator']);
  const [passphrase, setPassphrase] = useState('');

  function add(event: SubmitEvent): void {
    event.preventDefault();
    void attempt.run(async () => {
      await console.client.people.create({ name, roles: roleSchema.array().parse(held), passphrase });
      setName('');
      setPassphrase('');
      await console.refreshSession();
    });
  }

  return (
    <Section heading={isFirst ? 'Set up the first person' : 'Add a person'}>
      <form className={styles.form} onSubmit={add}>
        <TextInput label="Name" value={name} onChange={(event) => setName(event.currentTarget.value)} />
        <MultiSelect label="Roles" w={260} data={choices} value={held} onChange={setHeld} />
        <PasswordInput
          label="Passphrase, at least 12 characters"
          w={260}
          value={passphrase}
          onChange={(event) => setPassphrase(event.currentTarget.value)}
        />
        <Button
          type="submit"
          variant="filled"
          loading={attempt.isBusy}
          disabled={name === '' || passphrase.length < 12 || held.length === 0}
        >
          Add
        </Button>
      </form>
      <FailureLine failure={attempt.failure} />
    </Section>
  );
}
