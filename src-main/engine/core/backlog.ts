import type { JournalStore } from '../journal/journal-store.ts';
import { isConsequence, type JournalEntry } from './journal-entry.ts';

/** What was accepted into the journal and is not worked in yet, oldest first. */
export interface Backlog {
  /** Takes note of entries that were just committed; `headBefore` and `head` are the journal's ends before and after. */
  accepted(entries: readonly JournalEntry[], headBefore: number, head: number): void;
  /** The next entries, at most `most`, and the position that is reached once they are worked in. */
  next(most: number, head: number): { readonly entries: readonly JournalEntry[]; readonly upTo: number };
  /** The entries given out last are worked in; what followed from them made the journal grow from `headBefore` to `head`. */
  done(headBefore: number, head: number): void;
  /** Forgets what is held: everything after `position` is read from the journal again. */
  restart(position: number): void;
}

/** Entries held in memory at most; further ones wait in the journal alone. */
const heldMax = 20_000;
/** Entries that were given out and are still held at most. */
const keptMax = 2_000;

/**
 * The newest entries are held as they came in, so that they need not be read again; after a restart, or where more waits
 * than memory should hold, they are read from the journal.
 */
export function createBacklog(journal: Pick<JournalStore, 'readAfter'>, position: number): Backlog {
  let held: JournalEntry[] = [];
  /** Where the next entry to give out stands in `held`. */
  let first = 0;
  let givenOut = 0;
  /** All entries up to here are worked in, held, or consequences. */
  let covered = position;

  const dropGivenOut = () => {
    first += givenOut;
    givenOut = 0;
    if (first < held.length && first < keptMax) return;
    held = held.slice(first);
    first = 0;
  };

  return {
    accepted(entries, headBefore, head) {
      if (covered !== headBefore || held.length - first + entries.length > heldMax) return;
      held.push(...entries);
      covered = head;
    },
    next(most, head) {
      if (first === held.length && covered < head) {
        const read = journal.readAfter(covered, most);
        held = read.filter((entry) => !isConsequence(entry));
        first = 0;
        covered = read.at(-1)?.position ?? head;
      }
      const entries = held.slice(first, first + most);
      givenOut = entries.length;
      const last = entries.at(-1);
      const isAll = first + givenOut === held.length || last === undefined;
      return { entries, upTo: isAll ? covered : last.position };
    },
    done(headBefore, head) {
      dropGivenOut();
      if (covered === headBefore) covered = head;
    },
    restart(from) {
      held = [];
      first = 0;
      givenOut = 0;
      covered = from;
    },
  };
}
