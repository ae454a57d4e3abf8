import { eq } from 'drizzle-orm';
import type { Ledger } from '#shared/api/ledger.ts';
import type { ReadUnit } from '../store/database.ts';
import { ledger } from './ledger.schema.ts';
import { emptyCounts, ledgerToWire } from './ledger-store.ts';

/** A tenant's ledger; all zero when nothing was received yet. */
export function getLedger(unit: ReadUnit, tenantId: string): Ledger {
  return ledgerToWire(unit.orm.select().from(ledger).where(eq(ledger.tenantId, tenantId)).get() ?? emptyCounts());
}
