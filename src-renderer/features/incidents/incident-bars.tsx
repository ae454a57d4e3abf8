import { Button, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import type { RefObject } from 'react';
import { formatCount } from '#renderer/components/format-number.ts';
import { Key } from '#renderer/components/key.tsx';
import { type IncidentFilter, incidentOwnerFilters, incidentStateFilters } from './incident-list.ts';
import styles from './incidents-page.module.css';
import { stateWords } from './life-cycle.ts';

interface IncidentBarsProps {
  readonly counts: ReadonlyMap<IncidentFilter['state'], number>;
  readonly listed: number;
  readonly filter: IncidentFilter;
  readonly input: RefObject<HTMLInputElement | null>;
  readonly mayWrite: boolean;
  /** Incidents that wait to be put in above the active row. */
  readonly waiting: number;
  readonly onFilter: (part: Partial<IncidentFilter>) => void;
  readonly onCreate: () => void;
  readonly onRelease: () => void;
}

const ownerWords = { anybody: 'anybody’s', me: 'mine', nobody: 'nobody’s' } as const;

function wordsOf(state: IncidentFilter['state']): string {
  return state === 'open' || state === 'all' ? state : stateWords(state);
}

/** Above the list: how many, which of them, and the way to open one by hand. */
export function IncidentBars(props: IncidentBarsProps) {
  const { counts, listed, filter, input, mayWrite, waiting, onFilter, onCreate, onRelease } = props;
  return (
    <div className={styles.bars}>
      <div className={styles.head}>
        <h1>Incidents</h1>
        <span className={styles.subtitle}>
          {formatCount(listed)} listed of {formatCount(counts.get('all') ?? 0)}
        </span>
        {waiting > 0 && (
          <button type="button" className={styles.waiting} onClick={onRelease}>
            <output>{formatCount(waiting)} new above</output> <u>show</u> <Key keys="." />
          </button>
        )}
        <Button
          className={styles.create}
          disabled={!mayWrite}
          onClick={onCreate}
          leftSection={<IconPlus size={13} aria-hidden="true" />}
          rightSection={<Key keys="n" />}
        >
          Open an incident
        </Button>
      </div>
      <div className={styles.line}>
        <fieldset className={styles.group} aria-label="State">
          {incidentStateFilters.map((state) => (
            <button
              key={state}
              type="button"
              className={styles.choice}
              aria-pressed={filter.state === state}
              onClick={() => onFilter({ state })}
            >
              {wordsOf(state)} <span className={styles.count}>{formatCount(counts.get(state) ?? 0)}</span>
            </button>
          ))}
        </fieldset>
        <fieldset className={styles.group} aria-label="Owner">
          {incidentOwnerFilters.map((owner) => (
            <button
              key={owner}
              type="button"
              className={styles.choice}
              aria-pressed={filter.owner === owner}
              onClick={() => onFilter({ owner })}
            >
              {ownerWords[owner]}
            </button>
          ))}
        </fieldset>
        <TextInput
          ref={input}
          className={styles.words}
          classNames={{ input: styles.input ?? '' }}
          value={filter.words}
          onChange={(event) => onFilter({ words: event.currentTarget.value })}
          onKeyDown={(event) => event.key === 'Escape' && event.currentTarget.blur()}
          placeholder="Title, entity, owner"
          aria-label="Narrow the incidents"
        />
      </div>
    </div>
  );
}
