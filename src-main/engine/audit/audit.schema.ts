import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { ActorKind } from '#shared/vocabulary/actors.ts';

/** Who did what, when and why. One chain of hashes per tenant; rows are never changed or removed (a trigger refuses it). */
export const auditRecords = sqliteTable(
  'audit_records',
  {
    tenantId: text('tenant_id').notNull(),
    /** 1, 2, 3 … within the tenant, without gaps. */
    number: integer('number').notNull(),
    /** Milliseconds since the epoch. */
    at: integer('at').notNull(),
    actorKind: text('actor_kind').$type<ActorKind>().notNull(),
    /** The person's or token's name; `engine` for the engine itself. */
    actor: text('actor').notNull(),
    /** What was done, for example `action.approved`. */
    what: text('what').notNull(),
    /** The object it was done to. */
    subject: text('subject').notNull(),
    /** The reason given, or the engine's. */
    why: text('why').notNull(),
    /** Further facts as JSON. */
    detail: text('detail').notNull(),
    traceId: text('trace_id').notNull(),
    /** The input that led to it; one input may lead to several records. */
    entryId: text('entry_id').notNull(),
    previousHash: text('previous_hash').notNull(),
    /** SHA-256 over the previous hash and every field above. */
    hash: text('hash').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.number] }),
    index('audit_records_entry').on(table.entryId),
    index('audit_records_subject').on(table.tenantId, table.subject, table.number),
  ],
);

/** The newest record of each tenant: tells when records were cut off the end. */
export const auditHeads = sqliteTable('audit_heads', {
  tenantId: text('tenant_id').primaryKey(),
  number: integer('number').notNull(),
  hash: text('hash').notNull(),
});
