import { z } from 'zod';
import { type JournalEvent, journalEventSchema } from '#shared/events/events.ts';
import { toTimestamp } from '#shared/vocabulary/time.ts';
import type { JournalEntry } from '../core/journal-entry.ts';
import type { SqliteClient } from '../store/database.ts';

const headSchema = z.object({ head: z.number().nullable() });
const existingSchema = z.object({ entry_id: z.string() }).optional();
const rowSchema = z.object({
  position: z.number(),
  tenant_id: z.string(),
  event_id: z.string(),
  entry_id: z.string(),
  event_type: z.string(),
  occurred_at: z.number(),
  recorded_at: z.number(),
  trace_id: z.string(),
  correlation_id: z.string(),
  payload: z.string(),
});

type JournalRow = z.infer<typeof rowSchema>;

/** Appending to and reading from the journal, on the writer's connection. */
export interface JournalStore {
  /** Null when the tenant has an event of this id already. */
  append(
    event: JournalEvent,
    entry: { readonly entryId: string; readonly recordedAt: number; readonly correlationId: string },
  ): JournalEntry | null;
  /** The entry under which an event was stored; null when there is none. */
  entryIdOf(tenantId: string, eventId: string): string | null;
  /** Position of the newest entry; 0 when the journal is empty. */
  head(): number;
  /** Entries after a position, oldest first. */
  readAfter(position: number, limit: number): JournalEntry[];
}

export function createJournalStore(client: SqliteClient): JournalStore {
  const insert = client.prepare(
    `INSERT INTO journal (tenant_id, event_id, entry_id, event_type, occurred_at, recorded_at, trace_id, correlation_id, payload)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
  );
  const existing = client.prepare('SELECT entry_id FROM journal WHERE tenant_id = ? AND event_id = ?');
  const head = client.prepare('SELECT max(position) AS head FROM journal');
  const after = client.prepare<[number, number], JournalRow>(
    'SELECT * FROM journal WHERE position > ? ORDER BY position LIMIT ?',
  );
  return {
    append(event, entry) {
      const { event_id, tenant_id, timestamp, event_type, trace_id, ...payload } = event;
      const written = insert.run(
        tenant_id,
        event_id,
        entry.entryId,
        event_type,
        Date.parse(timestamp),
        entry.recordedAt,
        trace_id,
        entry.correlationId,
        JSON.stringify(payload),
      );
      if (written.changes === 0) return null;
      return { position: Number(written.lastInsertRowid), ...entry, event };
    },
    entryIdOf: (tenantId, eventId) => existingSchema.parse(existing.get(tenantId, eventId))?.entry_id ?? null,
    head: () => headSchema.parse(head.get()).head ?? 0,
    readAfter: (position, limit) => after.all(position, limit).map(entryOf),
  };
}

/** Rebuilds an event from its row; throws when the row does not hold a known event. */
export function entryFromRow(row: unknown): JournalEntry {
  return entryOf(rowSchema.parse(row));
}

function entryOf(row: JournalRow): JournalEntry {
  const event = journalEventSchema.parse({
    ...JSON.parse(row.payload),
    tenant_id: row.tenant_id,
    event_id: row.event_id,
    event_type: row.event_type,
    trace_id: row.trace_id,
    timestamp: toTimestamp(row.occurred_at),
  });
  return {
    position: row.position,
    entryId: row.entry_id,
    recordedAt: row.recorded_at,
    correlationId: row.correlation_id,
    event,
  };
}
