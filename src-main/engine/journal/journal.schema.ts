import { integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import type { JournalEventType } from '#shared/events/events.ts';

/** Every event, in the order in which it was committed. Rows are never changed. */
export const journal = sqliteTable(
  'journal',
  {
    position: integer('position').primaryKey({ autoIncrement: true }),
    tenantId: text('tenant_id').notNull(),
    /** The source's name of the event, or the engine's; unique within the tenant. */
    eventId: text('event_id').notNull(),
    /** UUIDv7 given by the engine when it took the event in; globally unique. */
    entryId: text('entry_id').notNull(),
    eventType: text('event_type').$type<JournalEventType>().notNull(),
    /** When it happened, by the source's clock; milliseconds since the epoch. */
    occurredAt: integer('occurred_at').notNull(),
    /** When the engine recorded it; milliseconds since the epoch. */
    recordedAt: integer('recorded_at').notNull(),
    traceId: text('trace_id').notNull(),
    correlationId: text('correlation_id').notNull(),
    /** What is specific to the event type, as JSON. */
    payload: text('payload').notNull(),
  },
  (table) => [uniqueIndex('journal_tenant_event').on(table.tenantId, table.eventId)],
);

/** How far each handler has worked through the journal. */
export const handlerPositions = sqliteTable('handler_positions', {
  handler: text('handler').primaryKey(),
  position: integer('position').notNull(),
});

/** Entries that a handler could not process; kept so that nothing is skipped silently. */
export const handlerFaults = sqliteTable('handler_faults', {
  faultId: integer('fault_id').primaryKey({ autoIncrement: true }),
  handler: text('handler').notNull(),
  position: integer('position').notNull(),
  at: integer('at').notNull(),
  message: text('message').notNull(),
});

/** One row: the sequence of the newest change that subscribers may have seen. */
export const changeSequence = sqliteTable('change_sequence', {
  id: integer('id').primaryKey(),
  value: integer('value').notNull(),
});
