import { Button } from '@mantine/core';
import { useState } from 'react';
import { CopyBlock } from '#renderer/components/copy-block.tsx';
import { toTimestamp } from '#shared/vocabulary/time.ts';
import { curlLine } from './curl-line.ts';
import styles from './settings-page.module.css';
import type { FreshToken } from './use-tokens.ts';

interface FreshTokenPanelProps {
  readonly token: FreshToken;
  readonly engineUrl: string;
  readonly onPutAway: () => void;
}

/** The secret of a new token, this once, and a line that uses it. */
export function FreshTokenPanel({ token, engineUrl, onPutAway }: FreshTokenPanelProps) {
  const [now] = useState(() => Date.now());
  const line = curlLine(engineUrl, token, toTimestamp(now));
  return (
    <section className={styles.fresh} aria-label="New token">
      <p>
        <strong>Copy it now.</strong> This is the secret of <bdi>{token.name}</bdi> for {token.tenant_id}; it is not
        shown again.
      </p>
      <CopyBlock label="secret" text={token.secret} />
      {line !== null && (
        <>
          <p>{line.purpose}</p>
          <CopyBlock label="curl command" text={line.command} />
        </>
      )}
      <Button onClick={onPutAway}>I have it</Button>
    </section>
  );
}
