import { and, asc, desc, eq, gt, gte, lt } from 'drizzle-orm';
import { z } from 'zod';
import type { AuditListInput, AuditRecord } from '#shared/api/audit.ts';
import { toTimestamp } from '#shared/vocabulary/time.ts';
import { readCursor } from '../store/cursor.ts';
import type { ReadUnit } from '../store/database.ts';
import { auditRecords } from './audit.schema.ts';

const detailSchema = z.record(z.string(), z.unknown());

/** The API's form of a stored record. A detail that is no JSON object any more is shown as it stands. */
export function auditToWire(row: typeof auditRecords.$inferSelect): AuditRecord {
  return {
    tenant_id: row.tenantId,
    number: row.number,
    at: toTimestamp(row.at),
    actor_kind: row.actorKind,
    actor: row.actor,
    what: row.what,
    subject: row.subject,
    why: row.why,
    detail: detailOf(row.detail),
    trace_id: row.traceId,
    entry_id: row.entryId,
    previous_hash: row.previousHash,
    hash: row.hash,
  };
}

function detailOf(text: string): Record<string, unknown> {
  try {
    return detailSchema.parse(JSON.parse(text));
  } catch {
    return { unreadable: text };
  }
}

/** One page of a tenant's trail, newest first. Null when the cursor is not one that a list gave out. */
export function listAudit(
  unit: ReadUnit,
  tenantId: string,
  input: AuditListInput,
): { items: AuditRecord[]; next_cursor: string | null } | null {
  const before = readCursor(input.cursor);
  if (before === null) return null;
  const rows = unit.orm
    .select()
    .from(auditRecords)
    .where(
      and(
        eq(auditRecords.tenantId, tenantId),
        before === undefined ? undefined : lt(auditRecords.number, before),
        input.subject === undefined ? undefined : eq(auditRecords.subject, input.subject),
        input.what === undefined
          ? undefined
          : and(gte(auditRecords.what, input.what), lt(auditRecords.what, `${input.what}\u{10ffff}`)),
      ),
    )
    .orderBy(desc(auditRecords.number))
    .limit(input.limit + 1)
    .all();
  const page = rows.slice(0, input.limit);
  const last = page.at(-1);
  return {
    items: page.map(auditToWire),
    next_cursor: rows.length > input.limit && last !== undefined ? String(last.number) : null,
  };
}

/** Records of a tenant after a number, oldest first: for exports. */
export function auditAfter(unit: ReadUnit, tenantId: string, number: number, limit: number): AuditRecord[] {
  return unit.orm
    .select()
    .from(auditRecords)
    .where(and(eq(auditRecords.tenantId, tenantId), gt(auditRecords.number, number)))
    .orderBy(asc(auditRecords.number))
    .limit(limit)
    .all()
    .map(auditToWire);
}

/** The newest records about one object, oldest first. */
export function auditOf(unit: ReadUnit, tenantId: string, subject: string, limit: number): AuditRecord[] {
  return unit.orm
    .select()
    .from(auditRecords)
    .where(and(eq(auditRecords.tenantId, tenantId), eq(auditRecords.subject, subject)))
    .orderBy(desc(auditRecords.number))
    .limit(limit)
    .all()
    .map(auditToWire)
    .toReversed();
}
