import { createHash } from 'node:crypto';
import { z } from 'zod';
import { actorKindSchema } from '#shared/vocabulary/actors.ts';

/** One record as stored, without its own hash. */
export const auditContentSchema = z.object({
  tenant_id: z.string(),
  number: z.int().positive(),
  at: z.int(),
  actor_kind: actorKindSchema,
  actor: z.string(),
  what: z.string(),
  subject: z.string(),
  why: z.string(),
  detail: z.string(),
  trace_id: z.string(),
  entry_id: z.string(),
  previous_hash: z.string(),
});
export type AuditContent = z.infer<typeof auditContentSchema>;

export const storedAuditRecordSchema = auditContentSchema.extend({ hash: z.string() });
export type StoredAuditRecord = z.infer<typeof storedAuditRecordSchema>;

/** What the first record of a chain follows. */
export const chainStart = '0'.repeat(64);

/**
 * The hash that seals a record: SHA-256 of a JSON array of all its fields, the previous hash first. A JSON array cannot be
 * read in two ways, so no two different records have the same text.
 */
export function sealOf(record: AuditContent): string {
  const text = JSON.stringify([
    record.previous_hash,
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
  ]);
  return createHash('sha256').update(text).digest('hex');
}

/** The first record that does not fit its chain. */
export interface ChainBreak {
  readonly tenantId: string;
  readonly number: number;
  readonly because: string;
}

/** Where a chain stands. */
export interface ChainHead {
  readonly number: number;
  readonly hash: string;
}

/** What is wrong with a row as the successor of `head`; the record itself when nothing is. */
export function follow(
  head: ChainHead,
  row: unknown,
): { readonly ok: true; readonly record: StoredAuditRecord } | { readonly ok: false; readonly because: string } {
  const parsed = storedAuditRecordSchema.safeParse(row);
  if (!parsed.success) {
    const field = parsed.error.issues[0]?.path.join('.') ?? '';
    return { ok: false, because: `the field ${field} does not hold what the engine wrote` };
  }
  const record = parsed.data;
  if (record.number !== head.number + 1)
    return { ok: false, because: `record ${head.number + 1} is missing before it` };
  if (record.previous_hash !== head.hash)
    return { ok: false, because: 'it does not name the hash of the record before it' };
  if (sealOf(record) !== record.hash) return { ok: false, because: 'its content does not match its hash' };
  return { ok: true, record };
}
