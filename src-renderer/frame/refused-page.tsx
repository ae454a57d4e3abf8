import { Button } from '@mantine/core';
import { CopyBlock } from '../components/copy-block.tsx';
import type { CallError } from '../console-api/call-error.ts';
import { useConsole } from '../state/hooks.ts';
import { serveCommand } from './guidance.ts';
import styles from './guide-page.module.css';

/** The engine answered 401 or 403: this page has no key or an old one. How to get a valid address. */
export function RefusedPage({ error }: { readonly error: CallError }) {
  const { retryNow } = useConsole();
  return (
    <div className={styles.page} role="alert">
      <div className={styles.column}>
        <h1>This address does not open the console</h1>
        <p>
          The engine answered: {error.detail} The console's address carries a key after <code>#</code> that belongs to
          one data folder. This page was opened without a key, or with that of another engine.
        </p>
        <ol className={styles.steps}>
          <li>
            <h2>Take the address from the engine</h2>
            <p>
              When it starts, it prints one line with <code>"console":"http://…/#key=…"</code>. Open that address,
              whole.
            </p>
            <CopyBlock label="start command" text={serveCommand} />
          </li>
          <li>
            <h2>Or use the desktop console</h2>
            <p>
              <code>npm start</code> opens it; it needs no key.
            </p>
          </li>
        </ol>
        <Button onClick={retryNow}>Try again</Button>
      </div>
    </div>
  );
}
