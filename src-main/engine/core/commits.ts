import { z } from 'zod';
import type { SqliteClient, Synchronous } from '../store/database.ts';
import { storeTroubleOf } from '../store/store-trouble.ts';
import type { ChangeSink } from './inputs.ts';
import { type CoreStores, WorkingSet } from './working-set.ts';

/**
 * How the writer's transactions end: what the working set holds is written, sequenced, committed and published.
 * Throws StoreTroubleError where the disk is full or cannot be written.
 */
export interface Commits {
  /** On disk when it returns. For what cannot be derived again: accepted reports, commands. */
  lasting<T>(now: number, work: (set: WorkingSet) => T): T;
  /** On disk sometime later, without waiting for it. For what is done again from the journal after a power cut. */
  repeatable<T>(now: number, work: (set: WorkingSet) => T): T;
}

const sequenceSchema = z.number().default(0);
/** After a power cut the newest changes are made again; they must not carry sequences that subscribers have seen. */
const sequencesPerStart = 1_000_000;

/** Reading and writing the sequence of the newest change. */
export function createSequenceStore(client: SqliteClient) {
  const read = client.prepare('SELECT value FROM change_sequence WHERE id = 1').pluck();
  const write = client.prepare(
    'INSERT INTO change_sequence (id, value) VALUES (1, ?) ON CONFLICT DO UPDATE SET value = excluded.value',
  );
  return {
    read: () => sequenceSchema.parse(read.get()),
    save: (sequence: number) => {
      write.run(sequence);
    },
  };
}

export function createCommits(
  client: SqliteClient,
  synchronous: Synchronous,
  stores: CoreStores,
  changes: ChangeSink,
): Commits {
  const sequences = createSequenceStore(client);
  let sequence = sequences.read() + sequencesPerStart;
  let isLasting = true;

  const commit = <T>(lasts: boolean, now: number, work: (set: WorkingSet) => T): T => {
    // SQLite's log is one file in order: a later lasting commit brings what was written before it to the disk too.
    if (lasts !== isLasting && synchronous === 'full') client.pragma(`synchronous = ${lasts ? 'FULL' : 'NORMAL'}`);
    isLasting = lasts;
    const isWanted = changes.isWanted();
    const { result, flushed } = client
      .transaction(() => {
        const set = new WorkingSet(stores, now);
        const result = work(set);
        const flushed = set.flush(sequence + 1, isWanted);
        if (flushed.sequence > sequence) sequences.save(flushed.sequence);
        return { result, flushed };
      })
      .immediate();
    if (flushed.sequence > sequence) {
      sequence = flushed.sequence;
      changes.publish(isWanted ? flushed.changes : null);
    }
    return result;
  };
  /** A disk that fails is told apart from work that fails: the same work may succeed later. */
  const commitOrSay = <T>(lasts: boolean, now: number, work: (set: WorkingSet) => T): T => {
    try {
      return commit(lasts, now, work);
    } catch (error) {
      throw storeTroubleOf(error) ?? error;
    }
  };
  return {
    lasting: (now, work) => commitOrSay(true, now, work),
    repeatable: (now, work) => commitOrSay(false, now, work),
  };
}
