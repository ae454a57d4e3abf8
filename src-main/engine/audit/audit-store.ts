import { z } from 'zod';
import type { Actor } from '#shared/vocabulary/actors.ts';
import type { SqliteClient } from '../store/database.ts';
import { type ChainHead, chainStart, sealOf } from './audit-chain.ts';

/** What is to be written down. */
export interface AuditEntry {
  readonly tenantId: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly actor: Actor;
  readonly what: string;
  readonly subject: string;
  readonly why: string;
  /** Further facts; must be JSON. Never secrets, and no customer data. */
  readonly detail: Readonly<Record<string, unknown>>;
  readonly traceId: string;
  readonly entryId: string;
}

/** The audit trail on the writer's connection. Appends join the transaction of what they record. */
export interface AuditTrail {
  append(entry: AuditEntry): void;
  /** Whether an input has left a record already: it was carried out before a crash and is sent again. */
  knows(entryId: string): boolean;
}

const headSchema = z.object({ number: z.number(), hash: z.string() }).optional();

export function createAuditTrail(client: SqliteClient): AuditTrail {
  const readHead = client.prepare('SELECT number, hash FROM audit_heads WHERE tenant_id = ?');
  const saveHead = client.prepare(
    `INSERT INTO audit_heads (tenant_id, number, hash) VALUES (?, ?, ?)
     ON CONFLICT DO UPDATE SET number = excluded.number, hash = excluded.hash`,
  );
  const insert = client.prepare(
    `INSERT INTO audit_records (tenant_id, number, at, actor_kind, actor, what, subject, why, detail, trace_id, entry_id, previous_hash, hash)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const known = client.prepare('SELECT 1 FROM audit_records WHERE entry_id = ? LIMIT 1');
  return {
    append(entry) {
      const head: ChainHead = headSchema.parse(readHead.get(entry.tenantId)) ?? { number: 0, hash: chainStart };
      const record = {
        tenant_id: entry.tenantId,
        number: head.number + 1,
        at: entry.at,
        actor_kind: entry.actor.kind,
        actor: entry.actor.name,
        what: entry.what,
        subject: entry.subject,
        why: entry.why,
        detail: JSON.stringify(entry.detail),
        trace_id: entry.traceId,
        entry_id: entry.entryId,
        previous_hash: head.hash,
      };
      const hash = sealOf(record);
      insert.run(
        record.tenant_id,
        record.number,
        record.at,
        record.actor_kind,
        record.actor,
        record.what,
        record.subject,
        record.why,
        record.detail,
        record.trace_id,
        record.entry_id,
        record.previous_hash,
        hash,
      );
      saveHead.run(record.tenant_id, record.number, hash);
    },
    knows: (entryId) => known.get(entryId) !== undefined,
  };
}
