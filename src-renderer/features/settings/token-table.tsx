import { Button } from '@mantine/core';
import { useState } from 'react';
import { Age } from '#renderer/components/age.tsx';
import { formatDayAndTime } from '#renderer/components/format-time.ts';
import { useNow } from '#renderer/state/clock.ts';
import type { Token } from '#shared/api/console.ts';
import styles from './settings-page.module.css';
import { tokenState } from './token-state.ts';

interface TokenTableProps {
  readonly tokens: readonly Token[];
  readonly onRevoke: (tokenId: string) => void;
}

/** Every token there ever was; the ones that work first, each group with the newest first. */
export function TokenTable({ tokens, onRevoke }: TokenTableProps) {
  const minute = useNow((now) => Math.floor(now / 60_000) * 60_000);
  if (tokens.length === 0) return <p className={styles.hint}>There is none yet.</p>;
  const isOver = (token: Token) => Number(tokenState(token, minute) !== 'works');
  const ordered = tokens.toSorted(
    (left, right) => isOver(left) - isOver(right) || Date.parse(right.created_at) - Date.parse(left.created_at),
  );
  return (
    <div className={styles.tableScroller}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th>Name</th>
            <th>Tenant</th>
            <th>Scopes</th>
            <th>Last used</th>
            <th>Expires</th>
            <th>State</th>
            <th>
              <span className="visually-hidden">Revoke</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {ordered.map((token) => (
            <TokenRow key={token.token_id} token={token} now={minute} onRevoke={onRevoke} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface TokenRowProps {
  readonly token: Token;
  readonly now: number;
  readonly onRevoke: (tokenId: string) => void;
}

function TokenRow({ token, now, onRevoke }: TokenRowProps) {
  const [isAsking, setAsking] = useState(false);
  const state = tokenState(token, now);
  return (
    <tr data-over={state !== 'works' || undefined}>
      <td className={styles.name} title={token.name}>
        <bdi>{token.name}</bdi>
      </td>
      <td>{token.tenant_id}</td>
      <td className={styles.scopeList}>{token.scopes.join(', ')}</td>
      <td>
        {token.last_used_at === null ? (
          'never'
        ) : (
          <>
            <Age at={token.last_used_at} /> ago
          </>
        )}
      </td>
      <td>{token.expires_at === null ? 'never' : formatDayAndTime(Date.parse(token.expires_at)).slice(0, -3)}</td>
      <td>{state}</td>
      <td className={styles.revoke}>
        {state === 'works' &&
          (isAsking ? (
            <>
              <Button
                size="compact-xs"
                color="red"
                variant="outline"
                autoFocus
                onClick={() => {
                  setAsking(false);
                  onRevoke(token.token_id);
                }}
              >
                Revoke for good
              </Button>
              <Button size="compact-xs" onClick={() => setAsking(false)}>
                Keep
              </Button>
            </>
          ) : (
            <Button size="compact-xs" onClick={() => setAsking(true)} aria-label={`Revoke ${token.name}`}>
              Revoke
            </Button>
          ))}
      </td>
    </tr>
  );
}
