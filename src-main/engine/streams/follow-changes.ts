import { setImmediate as nextTurn } from 'node:timers/promises';
import type { SequencedChange } from '../core/inputs.ts';
import type { Reader } from '../store/database.ts';
import type { ChangeFeed } from './change-feed.ts';
import { changesAfter } from './changes-after.ts';

/** What a follower is given: changes, or that nothing more is known at the moment. */
export type Followed =
  | { readonly kind: 'changes'; readonly changes: readonly SequencedChange[] }
  | { readonly kind: 'caught-up'; readonly sequence: number };

export interface FollowOptions {
  readonly feed: ChangeFeed;
  readonly reader: Reader;
  readonly tenantId: string;
  /** Everything after this sequence is given. */
  readonly afterSequence: number;
  readonly signal: AbortSignal;
}

/** Objects read from the store at once; bounds how long the caller's thread is held. */
const pageSize = 150;
/** Changes held for a slow follower; beyond that they are dropped here and read from the store instead. */
const bufferMax = 5_000;

/**
 * Follows a tenant's changes: first what was missed, from the store, then what is committed, as it is committed.
 * Sequences only rise and none is given twice. A follower that is too slow loses nothing: it is sent back to the store.
 */
export async function* followChanges({
  feed,
  reader,
  tenantId,
  afterSequence,
  signal,
}: FollowOptions): AsyncGenerator<Followed> {
  let reached = afterSequence;
  let buffer: SequencedChange[] = [];
  let hasOverflown = true;
  let wake: (() => void) | null = null;
  const unsubscribe = feed.subscribe(tenantId, (changes) => {
    if (changes === null || buffer.length + changes.length > bufferMax) {
      buffer = [];
      hasOverflown = true;
    } else if (!hasOverflown) buffer.push(...changes);
    wake?.();
  });
  const onAbort = () => wake?.();
  signal.addEventListener('abort', onAbort);
  try {
    while (!signal.aborted) {
      if (hasOverflown) {
        hasOverflown = false;
        buffer = [];
        for (;;) {
          const page = reader.read((unit) => changesAfter(unit, tenantId, reached, pageSize));
          const last = page.at(-1);
          if (last === undefined) break;
          reached = last.sequence;
          yield { kind: 'changes', changes: page };
          await nextTurn();
          if (signal.aborted) return;
        }
        yield { kind: 'caught-up', sequence: reached };
        continue;
      }
      const fresh = buffer.filter((change) => change.sequence > reached);
      buffer = [];
      const last = fresh.at(-1);
      if (last !== undefined) {
        reached = last.sequence;
        yield { kind: 'changes', changes: fresh };
        continue;
      }
      await new Promise<void>((resolve) => {
        wake = resolve;
        if (signal.aborted || hasOverflown || buffer.length > 0) resolve();
      });
      wake = null;
    }
  } finally {
    signal.removeEventListener('abort', onAbort);
    unsubscribe();
  }
}
