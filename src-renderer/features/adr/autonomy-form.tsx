import { Button, Checkbox, NumberInput } from '@mantine/core';
import { useState } from 'react';
import styles from '#renderer/components/governance.module.css';
import { Section } from '#renderer/components/section.tsx';
import { useConsoleClient } from '#renderer/state/hooks.ts';
import type { Adr } from '#shared/api/adr.ts';
import { FailureLine } from '../actions/failure-line.tsx';
import { useAttempt } from '../actions/use-attempt.ts';

interface AdrProps {
  readonly adr: Adr;
  readonly onChanged: () => void;
}

/** What this tenant lets run by itself once option B is in force: which types, and at how many of its entities at this stage. */
export function AutonomyForm({ adr, onChanged }: AdrProps) {
  const client = useConsoleClient();
  const attempt = useAttempt(onChanged);
  const [optedIn, setOptedIn] = useState(adr.autonomy.opted_in);
  const [types, setTypes] = useState<readonly string[]>(adr.autonomy.allowed_types);
  const [percent, setPercent] = useState(adr.autonomy.rollout_share * 100);
  const toggle = (type: string) =>
    setTypes((before) => (before.includes(type) ? before.filter((one) => one !== type) : [...before, type]));
  const save = () =>
    void attempt.run(() =>
      client.adr.autonomy({
        opted_in: optedIn,
        allowed_types: [...types],
        rollout_share: percent / 100,
        reason: 'Set in the console.',
      }),
    );
  return (
    <Section heading="Automatic execution, for option B only">
      <Checkbox
        label="This tenant opts in"
        checked={optedIn}
        onChange={(event) => setOptedIn(event.currentTarget.checked)}
      />
      <div className={styles.buttons}>
        {adr.remote_types.map((type) => (
          <Checkbox
            key={type}
            label={type.replaceAll('_', ' ')}
            checked={types.includes(type)}
            onChange={() => toggle(type)}
          />
        ))}
      </div>
      <div className={styles.form}>
        <NumberInput
          label="At most so many of the entities, in percent"
          value={percent}
          min={0}
          max={100}
          onChange={(value) => setPercent(Number(value) || 0)}
        />
        <Button onClick={save}>Save</Button>
      </div>
      <FailureLine failure={attempt.failure} />
    </Section>
  );
}
