import type { SqliteClient } from '../store/database.ts';
import { createSequenceStore } from './commits.ts';
import type { Handler, HandlerPositions } from './handler-registry.ts';
import { traceOf } from './journal-entry.ts';
import { type CoreStores, WorkingSet } from './working-set.ts';

const chunk = 1_000;

export interface CatchUpDeps {
  readonly client: SqliteClient;
  readonly stores: CoreStores;
  readonly handlers: readonly Handler[];
  readonly positions: HandlerPositions;
}

/**
 * Gives each handler that is behind the others, because it is new or its tables were emptied, the entries that it has not
 * seen, up to `position` and as they were at the time. Nothing is journaled again.
 */
export function catchUp(deps: CatchUpDeps, position: number): void {
  const { client, stores, handlers, positions } = deps;
  const reached = positions.read();
  const positionOf = (handler: Handler) => reached.get(handler.name) ?? 0;
  const sequences = createSequenceStore(client);
  let sequence = sequences.read();
  let at = Math.min(position, ...handlers.map(positionOf));
  while (at < position) {
    const entries = stores.journal.readAfter(at, chunk).filter((entry) => entry.position <= position);
    const upTo = entries.at(-1)?.position ?? position;
    at = upTo;
    client
      .transaction(() => {
        for (const entry of entries) {
          const set = new WorkingSet(stores, entry.recordedAt, { isRepeating: true });
          set.because({ entryId: entry.entryId, trace: traceOf(entry) });
          for (const handler of handlers) if (positionOf(handler) < entry.position) handler.handle([entry], set);
          sequence = set.flush(sequence + 1, false).sequence;
        }
        for (const handler of handlers) if (positionOf(handler) < upTo) positions.save([handler.name], upTo);
        sequences.save(sequence);
      })
      .immediate();
  }
}
