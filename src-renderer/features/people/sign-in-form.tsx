import { Button, PasswordInput, TextInput } from '@mantine/core';
import { type SubmitEvent, useState } from 'react';
import styles from '#renderer/components/governance.module.css';
import { Section } from '#renderer/components/section.tsx';
import { useConsole } from '#renderer/state/hooks.ts';
import { keepPersonSecret } from '#renderer/state/person-session.ts';
import type { Person } from '#shared/api/people.ts';
import { FailureLine } from '../actions/failure-line.tsx';
import { useAttempt } from '../actions/use-attempt.ts';

interface SignInFormProps {
  readonly me: Person | null;
  readonly onChanged: () => void;
}

/** Signs in or out at this window. A session locks after a quarter of an hour without use. */
export function SignInForm({ me, onChanged }: SignInFormProps) {
  const console = useConsole();
  const attempt = useAttempt(onChanged);
  const [name, setName] = useState('');
  const [passphrase, setPassphrase] = useState('');

  const keep = async (secret: string | null) => {
    keepPersonSecret(window.sessionStorage, secret);
    await console.refreshSession();
  };
  function signIn(event: SubmitEvent): void {
    event.preventDefault();
    void attempt.run(async () => {
      const { secret } = await console.client.people.signIn({ name, passphrase });
      setPassphrase('');
      await keep(secret);
    });
  }
  const signOut = () =>
    void attempt.run(async () => {
      await console.client.people.signOut(undefined);
      await keep(null);
    });

  if (me !== null)
    return (
      <Section heading="Signed in">
        <p className={styles.text}>
          <bdi>{me.name}</bdi>, {me.roles.join(', ').replaceAll('_', ' ')}
        </p>
        <Button onClick={signOut}>Sign out</Button>
        <FailureLine failure={attempt.failure} />
      </Section>
    );
  return (
    <Section heading="Sign in">
      <form className={styles.form} onSubmit={signIn}>
        <TextInput label="Name" value={name} onChange={(event) => setName(event.currentTarget.value)} />
        <PasswordInput
          label="Passphrase"
          w={260}
          value={passphrase}
          onChange={(event) => setPassphrase(event.currentTarget.value)}
        />
        <Button type="submit" variant="filled" loading={attempt.isBusy} disabled={name === '' || passphrase === ''}>
          Sign in
        </Button>
      </form>
      <FailureLine failure={attempt.failure} />
    </Section>
  );
}
