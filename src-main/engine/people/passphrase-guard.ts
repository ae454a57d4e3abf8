import type { KeyObject } from 'node:crypto';
import { type Credentials, makeCredentials, openCredentials } from './passphrases.ts';

/** Too many wrong passphrases for one name. */
export class TooManyTriesError extends Error {
  override readonly name = 'TooManyTriesError';

  constructor() {
    super('Too many wrong passphrases; wait a minute and try again.');
  }
}

/** Slows down guessing, and keeps costly checks to one at a time: each needs 128 MiB for a moment. */
export interface PassphraseGuard {
  /** Runs the check in its turn. Throws TooManyTriesError after several wrong ones for the same name. */
  open(name: string, check: () => Promise<KeyObject | null>): Promise<KeyObject | null>;
  /** Takes as long as a real check, for a name that does not exist. */
  pretend(passphrase: string): Promise<null>;
}

const triesMax = 5;
const forgetMilliseconds = 60_000;
const namesMax = 1_000;

export function createPassphraseGuard(clock: () => number): PassphraseGuard {
  const tries = new Map<string, { count: number; since: number }>();
  let last: Promise<unknown> = Promise.resolve();
  let decoy: Promise<Credentials> | null = null;
  return {
    async open(name, check) {
      const known = tries.get(name);
      const tried =
        known !== undefined && clock() - known.since < forgetMilliseconds ? known : { count: 0, since: clock() };
      if (tried.count >= triesMax) throw new TooManyTriesError();
      if (tries.size >= namesMax) tries.clear();
      tries.set(name, { count: tried.count + 1, since: tried.since });
      const turn = last.then(check, check);
      last = turn.catch(() => null);
      const key = await turn;
      if (key !== null) tries.delete(name);
      return key;
    },
    async pretend(passphrase) {
      decoy ??= makeCredentials('nobody signs in with this one');
      await openCredentials(passphrase, await decoy);
      return null;
    },
  };
}
