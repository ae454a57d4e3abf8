import { Button } from '@mantine/core';
import styles from '#renderer/components/governance.module.css';
import { Section } from '#renderer/components/section.tsx';
import { Tag } from '#renderer/components/tag.tsx';
import { useConsoleClient } from '#renderer/state/hooks.ts';
import type { Adr } from '#shared/api/adr.ts';
import { FailureLine } from '../actions/failure-line.tsx';
import { useAttempt } from '../actions/use-attempt.ts';

interface AdrProps {
  readonly adr: Adr;
  readonly onChanged: () => void;
}

/** The options, what each would unlock, which is chosen and which is in force. */
export function OptionsSection({ adr, onChanged }: AdrProps) {
  const client = useConsoleClient();
  const attempt = useAttempt(onChanged);
  return (
    <Section heading="Options" aside={`in force: ${adr.in_force}`}>
      {adr.options.map(({ option, title, choosable, unlocks }) => (
        <div key={option} className={styles.text}>
          <b>
            {option}. {title}
          </b>{' '}
          {adr.in_force === option && <Tag>in force</Tag>} {adr.chosen === option && <Tag>chosen</Tag>}
          <ul>
            {unlocks.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
          {choosable && adr.chosen !== option && (
            <Button
              onClick={() =>
                void attempt.run(() =>
                  client.adr.choose({ adr_id: adr.adr_id, option, reason: 'Chosen in the console.' }),
                )
              }
            >
              Choose {option}
            </Button>
          )}
        </div>
      ))}
      <FailureLine failure={attempt.failure} />
    </Section>
  );
}
