import { and, desc, eq, isNull } from 'drizzle-orm';
import { operators } from '../people/people.schema.ts';
import type { Orm } from '../store/database.ts';
import { adrId } from './adr-options.ts';
import { adrSignatures, gates } from './gate.schema.ts';
import type { GateFacts } from './gate-state.ts';
import type { AdrSignature } from './signatures.ts';

export type GateRow = typeof gates.$inferSelect;

/** The gate of a tenant; as it is before anybody touched it when there is no row. */
export function gateOf(orm: Orm, tenantId: string): GateRow {
  return (
    orm.select().from(gates).where(eq(gates.tenantId, tenantId)).get() ?? {
      tenantId,
      chosen: 'A',
      isStopped: false,
      stoppedAt: null,
      stoppedBy: null,
      isAutomatic: false,
      allowedTypes: [],
      rolloutShare: 0,
      selfTestAt: null,
      selfTestPassed: null,
    }
  );
}

/** Changes some of a tenant's gate. */
export function changeGate(orm: Orm, tenantId: string, change: Partial<Omit<GateRow, 'tenantId'>>): void {
  const row = { ...gateOf(orm, tenantId), ...change };
  orm.insert(gates).values(row).onConflictDoUpdate({ target: gates.tenantId, set: row }).run();
}

/** A tenant's signatures under the document, newest first, revoked ones included. */
export function signaturesOf(orm: Orm, tenantId: string): AdrSignature[] {
  return orm
    .select()
    .from(adrSignatures)
    .where(and(eq(adrSignatures.tenantId, tenantId), eq(adrSignatures.adrId, adrId)))
    .orderBy(desc(adrSignatures.signedAt))
    .all();
}

export function insertSignature(orm: Orm, signature: AdrSignature): void {
  orm.insert(adrSignatures).values(signature).run();
}

/** Revokes every signature that stands. Answers how many did. */
export function revokeSignatures(orm: Orm, tenantId: string, by: string, at: number): number {
  return orm
    .update(adrSignatures)
    .set({ revokedAt: at, revokedBy: by })
    .where(and(eq(adrSignatures.tenantId, tenantId), isNull(adrSignatures.revokedAt)))
    .run().changes;
}

/** What the state of the gate is derived from. A person who was disabled has no key any more. */
export function gateFactsOf(orm: Orm, tenantId: string, documentHash: string | null, gate: GateRow): GateFacts {
  const people = orm
    .select({ operatorId: operators.operatorId, credentials: operators.credentials })
    .from(operators)
    .where(isNull(operators.disabledAt))
    .all();
  return {
    chosen: gate.chosen,
    signatures: signaturesOf(orm, tenantId),
    documentHash,
    knownKeys: new Map(people.map(({ operatorId, credentials }) => [operatorId, credentials.public_key])),
  };
}
