import { and, desc, eq } from 'drizzle-orm';
import type { Orm } from '../store/database.ts';
import type { LoadedPolicy } from './evaluate-policies.ts';
import { policies } from './policies.schema.ts';
import { describeFaults, type PolicyDocument, readPolicy } from './policy-document.ts';

/** The policies of a tenant that are in force. */
export interface LoadedPolicies {
  readonly policies: readonly LoadedPolicy[];
  /** Stored policies that cannot be read any more; while there is one, nothing may be executed. */
  readonly broken: readonly string[];
}

/** Policies in force, read and checked once per change. */
export interface PolicyShelf {
  of(tenantId: string): LoadedPolicies;
  /** Looks into the store again: after a change, and after a transaction that was rolled back. */
  forget(tenantId?: string): void;
}

export function createPolicyShelf(orm: Orm): PolicyShelf {
  const held = new Map<string, LoadedPolicies>();
  return {
    of(tenantId) {
      const known = held.get(tenantId);
      if (known !== undefined) return known;
      const loaded: LoadedPolicy[] = [];
      const broken: string[] = [];
      const rows = orm
        .select()
        .from(policies)
        .where(and(eq(policies.tenantId, tenantId), eq(policies.isCurrent, true)))
        .orderBy(policies.name)
        .all();
      for (const row of rows) {
        const reading = readPolicy(row.source);
        if (reading.ok) loaded.push({ version: row.version, document: reading.document });
        else broken.push(`${row.name}: ${describeFaults(reading.faults)}`);
      }
      const result = { policies: loaded, broken };
      held.set(tenantId, result);
      return result;
    },
    forget(tenantId) {
      if (tenantId === undefined) held.clear();
      else held.delete(tenantId);
    },
  };
}

/** The newest version number of a policy, withdrawn ones included; 0 when there is none. */
export function newestVersion(orm: Orm, tenantId: string, name: string): number {
  const row = orm
    .select({ version: policies.version })
    .from(policies)
    .where(and(eq(policies.tenantId, tenantId), eq(policies.name, name)))
    .orderBy(desc(policies.version))
    .limit(1)
    .get();
  return row?.version ?? 0;
}

/** Stores a checked policy as its next version and puts it in force. Answers the version. */
export function storePolicy(
  orm: Orm,
  tenantId: string,
  document: PolicyDocument,
  source: string,
  by: { readonly name: string; readonly note: string; readonly at: number },
): number {
  const version = newestVersion(orm, tenantId, document.name) + 1;
  retire(orm, tenantId, document.name);
  orm
    .insert(policies)
    .values({
      tenantId,
      name: document.name,
      version,
      source,
      storedAt: by.at,
      storedBy: by.name,
      note: by.note,
      isCurrent: true,
    })
    .run();
  return version;
}

/** Takes a policy out of force; its versions stay. False when it was not in force. */
export function retire(orm: Orm, tenantId: string, name: string): boolean {
  return (
    orm
      .update(policies)
      .set({ isCurrent: false })
      .where(and(eq(policies.tenantId, tenantId), eq(policies.name, name), eq(policies.isCurrent, true)))
      .run().changes > 0
  );
}
