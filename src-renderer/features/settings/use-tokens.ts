import { useState } from 'react';
import { type CallError, describeError } from '#renderer/console-api/call-error.ts';
import { useConsole } from '#renderer/state/hooks.ts';
import { type Remote, useRemote } from '#renderer/state/use-remote.ts';
import type { Token, TokenCreateInput } from '#shared/api/console.ts';

/** A token at the only moment when its secret is known. */
export interface FreshToken extends Token {
  readonly secret: string;
}

/** The tokens of the engine and what can be done with them. */
export interface Tokens {
  readonly list: Remote<readonly Token[]> & { readonly reload: () => void };
  /** The token made last, until it is put away. */
  readonly fresh: FreshToken | null;
  readonly failure: CallError | null;
  /** Answers whether it worked. */
  create(input: TokenCreateInput): Promise<boolean>;
  revoke(tokenId: string): Promise<void>;
  putAway(): void;
}

/** Asks for the tokens, and again after each change. */
export function useTokens(): Tokens {
  const console = useConsole();
  const { tokens } = console.client.console;
  const [fresh, setFresh] = useState<FreshToken | null>(null);
  const [failure, setFailure] = useState<CallError | null>(null);
  const list = useRemote<readonly Token[]>('tokens', '', (client, signal) =>
    client.console.tokens.list(undefined, { signal }),
  );

  async function attempt(work: () => Promise<void>): Promise<boolean> {
    setFailure(null);
    try {
      await work();
      return true;
    } catch (error) {
      setFailure(describeError(error));
      return false;
    } finally {
      list.reload();
    }
  }

  return {
    list,
    fresh,
    failure,
    create: (input) =>
      attempt(async () => {
        setFresh(await tokens.create(input));
        await console.refreshSession();
      }),
    async revoke(tokenId) {
      await attempt(async () => {
        await tokens.revoke({ token_id: tokenId });
      });
    },
    putAway: () => setFresh(null),
  };
}
