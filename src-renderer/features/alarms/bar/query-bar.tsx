import { Combobox, TextInput, useCombobox } from '@mantine/core';
import { IconSearch, IconX } from '@tabler/icons-react';
import { type KeyboardEvent, type RefObject, useEffect, useEffectEvent, useState } from 'react';
import { applyCompletion, type Completion, completionsAt, type KnownValues } from '../query/complete.ts';
import type { QueryError } from '../query/query.ts';
import styles from './bar.module.css';

interface QueryBarProps {
  readonly input: RefObject<HTMLInputElement | null>;
  readonly text: string;
  readonly errors: readonly QueryError[];
  readonly onChange: (text: string) => void;
  /** Values for completion, asked when the bar gets the focus. */
  readonly knownValues: () => KnownValues;
  /** Leaves the bar for the list. */
  readonly onLeave: () => void;
}

/** How long after the last key the list follows, in milliseconds. */
const typingPause = 180;

/** The query, with completion; what is wrong with it stands below, term by term. */
export function QueryBar({ input, text, errors, onChange, knownValues, onLeave }: QueryBarProps) {
  const [typed, setTyped] = useState(text);
  const [caret, setCaret] = useState<number | null>(null);
  const [known, setKnown] = useState<KnownValues>({});
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() });
  const completions = caret === null ? [] : completionsAt(typed, caret, known);

  const apply = useEffectEvent((next: string) => {
    if (next !== text) onChange(next);
  });

  useEffect(() => setTyped(text), [text]);
  useEffect(() => {
    const timer = setTimeout(() => apply(typed), typingPause);
    return () => clearTimeout(timer);
  }, [typed]);

  function take(completion: Completion | undefined): void {
    if (completion === undefined) return;
    const next = applyCompletion(typed, completion);
    setTyped(next.input);
    setCaret(next.caret);
    combobox.resetSelectedOption();
    requestAnimationFrame(() => input.current?.setSelectionRange(next.caret, next.caret));
  }

  function onKeyDown(event: KeyboardEvent<HTMLInputElement>): void {
    const isOpen = combobox.dropdownOpened && completions.length > 0;
    if (event.key === 'Tab' && !event.shiftKey && isOpen) {
      event.preventDefault();
      take(completions[Math.max(0, combobox.getSelectedOptionIndex())]);
    } else if (event.key === 'Escape' && !isOpen) {
      onLeave();
    } else if (event.key === 'Enter' && combobox.getSelectedOptionIndex() === -1) {
      onChange(typed);
      onLeave();
    }
  }

  // Their places are those in the text that was applied; while it is typed on, they may be elsewhere.
  const shownErrors = typed === text ? errors : [];
  return (
    <div className={styles.query}>
      <Combobox store={combobox} onOptionSubmit={(index) => take(completions[Number(index)])} withinPortal>
        <Combobox.Target>
          <TextInput
            ref={input}
            classNames={{ input: styles.input ?? '' }}
            value={typed}
            aria-label="Query"
            placeholder={'severity:critical entity:LON* state:unacked age:<10m "fan"'}
            spellCheck={false}
            autoComplete="off"
            leftSection={<IconSearch size={14} aria-hidden="true" />}
            rightSection={
              typed !== '' && (
                <button
                  type="button"
                  className={styles.clear}
                  onClick={() => onChange('')}
                  aria-label="Empty the query"
                >
                  <IconX size={14} />
                </button>
              )
            }
            error={shownErrors.length > 0}
            aria-describedby={shownErrors.length > 0 ? 'alarm-query-errors' : undefined}
            onChange={(event) => {
              setTyped(event.currentTarget.value);
              setCaret(event.currentTarget.selectionStart);
              combobox.openDropdown();
            }}
            onSelect={(event) => setCaret(event.currentTarget.selectionStart)}
            onFocus={() => setKnown(knownValues())}
            onBlur={() => {
              setCaret(null);
              combobox.closeDropdown();
            }}
            onKeyDown={onKeyDown}
          />
        </Combobox.Target>
        <Combobox.Dropdown hidden={completions.length === 0}>
          <Combobox.Options aria-label="Completions">
            {completions.map((completion, index) => (
              <Combobox.Option value={String(index)} key={completion.insert} className={styles.option}>
                <bdi>{completion.insert}</bdi>
                <span className={styles.hint}>{completion.hint}</span>
              </Combobox.Option>
            ))}
          </Combobox.Options>
        </Combobox.Dropdown>
      </Combobox>
      {shownErrors.length > 0 && (
        <ul id="alarm-query-errors" className={styles.errors} aria-live="polite">
          {shownErrors.map((error) => (
            <li key={error.start}>
              <bdi className={styles.term}>{text.slice(error.start, error.end)}</bdi> {error.message}. This term is left
              out.
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
