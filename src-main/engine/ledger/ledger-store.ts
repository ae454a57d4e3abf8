import type { Ledger } from '#shared/api/ledger.ts';
import type { SqliteClient } from '../store/database.ts';

/** What a report can become in the ledger. */
export const ledgerColumns = [
  'new',
  'repeated',
  'cleared',
  'duplicate',
  'suppressed',
  'rejected',
] as const satisfies (keyof Ledger)[];
export type LedgerColumn = (typeof ledgerColumns)[number];
export type LedgerCounts = Record<LedgerColumn, number>;

/** A ledger with nothing in it. */
export function emptyCounts(): LedgerCounts {
  return { new: 0, repeated: 0, cleared: 0, duplicate: 0, suppressed: 0, rejected: 0 };
}

/** Adds counts to a tenant's ledger, on the writer's connection. */
export function createLedgerWriter(client: SqliteClient): (tenantId: string, counts: LedgerCounts) => void {
  const add = client.prepare(
    `INSERT INTO ledger (tenant_id, new, repeated, cleared, duplicate, suppressed, rejected) VALUES (?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (tenant_id) DO UPDATE SET new = new + excluded.new, repeated = repeated + excluded.repeated,
       cleared = cleared + excluded.cleared, duplicate = duplicate + excluded.duplicate,
       suppressed = suppressed + excluded.suppressed, rejected = rejected + excluded.rejected`,
  );
  return (tenantId, counts) => {
    add.run(
      tenantId,
      counts.new,
      counts.repeated,
      counts.cleared,
      counts.duplicate,
      counts.suppressed,
      counts.rejected,
    );
  };
}

/** The API's form: `received` is the sum of what became of everything. */
export function ledgerToWire(counts: LedgerCounts): Ledger {
  const received =
    counts.new + counts.repeated + counts.cleared + counts.duplicate + counts.suppressed + counts.rejected;
  return {
    received,
    new: counts.new,
    repeated: counts.repeated,
    cleared: counts.cleared,
    duplicate: counts.duplicate,
    suppressed: counts.suppressed,
    rejected: counts.rejected,
  };
}
