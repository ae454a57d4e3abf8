import { useState } from 'react';
import { Link } from 'wouter';
import type { Session } from '#shared/api/console.ts';
import { toTimestamp } from '#shared/vocabulary/time.ts';
import { CopyBlock } from '../components/copy-block.tsx';
import { curlCommand, tokenCommand } from './guidance.ts';
import styles from './guide-page.module.css';
import { screens } from './screens.ts';

const hasSettings = screens.some(({ path }) => path === '/settings');

/** Nobody has sent anything yet and there is no token to send it with: what to do, step by step. */
export function FirstRun({ session }: { readonly session: Session }) {
  const [now] = useState(() => Date.now());
  const { url, data_folder } = session.engine;
  return (
    <div className={styles.page}>
      <div className={styles.column}>
        <h1>Pedkai is running and waits for its first alarm</h1>
        <p>
          Alarms come in over HTTP with a token; the token says whose they are. Two steps, and this page gives way to
          the situation.
        </p>
        <ol className={styles.steps}>
          <li>
            <h2>Create a token</h2>
            {hasSettings && (
              <p>
                In <Link href="/settings">Settings</Link>, or on the command line. The name after <code>--tenant</code>{' '}
                is yours to choose: the owner of the network.
              </p>
            )}
            <CopyBlock label="token command" text={tokenCommand(data_folder, 'my-network')} />
          </li>
          <li>
            <h2>Send an alarm</h2>
            <p>Put the token in place of TOKEN.</p>
            <CopyBlock label="curl command" text={curlCommand(url, toTimestamp(now))} />
          </li>
        </ol>
        <p className={styles.aside}>
          The engine answers at {url} and keeps everything in {data_folder}.
        </p>
      </div>
    </div>
  );
}
