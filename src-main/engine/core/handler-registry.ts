import { z } from 'zod';
import type { AlarmsHandler } from '../alarms/alarms-handler.ts';
import type { ClustersHandler } from '../correlation/clusters-handler.ts';
import type { IncidentsHandler } from '../incidents/incidents-handler.ts';
import type { SqliteClient } from '../store/database.ts';
import type { JournalEntry } from './journal-entry.ts';
import type { WorkingSet } from './working-set.ts';

/** Works journal entries into one noun's tables. Called in the order of the registry, within one transaction. */
export interface Handler {
  /** Its name in `handler_positions`; never changes once released. */
  readonly name: string;
  handle(entries: readonly JournalEntry[], set: WorkingSet): void;
}

/** Every handler, in the order in which they build on each other. */
export function createHandlers(
  alarms: AlarmsHandler,
  clusters: ClustersHandler,
  incidents: IncidentsHandler,
): readonly Handler[] {
  return [
    { name: 'alarms', handle: alarms },
    { name: 'clusters', handle: clusters.handle },
    { name: 'incidents', handle: incidents.handle },
  ];
}

const positionSchema = z.object({ handler: z.string(), position: z.number() });

/**
 * Stands beside the handlers: up to its position everything was worked in once, so that what followed from it stands in
 * the journal. A handler that starts over repeats that far without journaling anything again.
 */
export const consequences = 'consequences';

/** How far each handler has come, kept in the store within the handlers' own transaction. */
export interface HandlerPositions {
  read(): ReadonlyMap<string, number>;
  save(handlers: readonly string[], position: number): void;
  /** Writes down that a handler could not process an entry. */
  fault(handler: string, position: number, at: number, message: string): void;
}

export function createHandlerPositions(client: SqliteClient): HandlerPositions {
  const all = client.prepare('SELECT handler, position FROM handler_positions');
  const save = client.prepare(
    'INSERT INTO handler_positions (handler, position) VALUES (?, ?) ON CONFLICT DO UPDATE SET position = excluded.position',
  );
  const fault = client.prepare('INSERT INTO handler_faults (handler, position, at, message) VALUES (?, ?, ?, ?)');
  return {
    read: () =>
      new Map(
        z
          .array(positionSchema)
          .parse(all.all())
          .map((row) => [row.handler, row.position]),
      ),
    save: (handlers, position) => {
      for (const handler of handlers) save.run(handler, position);
    },
    fault: (handler, position, at, message) => {
      fault.run(handler, position, at, message);
    },
  };
}
