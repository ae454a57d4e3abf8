import { type SubmitEvent, useRef, useState } from 'react';
import { useLocation } from 'wouter';
import { Key } from '../components/key.tsx';
import { useHotkeyGroup } from './keys/use-hotkeys.ts';
import styles from './search-box.module.css';

/** Searches the alarms from anywhere; the alarms screen shows and refines the query. */
export function SearchBox() {
  const [, navigate] = useLocation();
  const [query, setQuery] = useState('');
  const input = useRef<HTMLInputElement>(null);
  useHotkeyGroup('Everywhere', [{ keys: '/', label: 'search alarms', run: () => input.current?.select() }]);

  function search(event: SubmitEvent): void {
    event.preventDefault();
    navigate(query.trim() === '' ? '/alarms' : `/alarms?q=${encodeURIComponent(query.trim())}`);
    input.current?.blur();
  }

  return (
    <search className={styles.search}>
      <form onSubmit={search}>
        <input
          ref={input}
          className={styles.input}
          value={query}
          onChange={(event) => setQuery(event.currentTarget.value)}
          onKeyDown={(event) => event.key === 'Escape' && event.currentTarget.blur()}
          placeholder="severity:critical state:unacked entity:LON* …"
          aria-label="Search alarms"
          spellCheck={false}
          autoComplete="off"
        />
      </form>
      <span className={styles.hint}>
        <Key keys="/" />
      </span>
    </search>
  );
}
