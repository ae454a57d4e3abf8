import { and, desc, eq } from 'drizzle-orm';
import type { Policy, WhatIf } from '#shared/api/policies.ts';
import { toTimestamp } from '#shared/vocabulary/time.ts';
import { actions } from '../actions/actions.schema.ts';
import type { ReadUnit } from '../store/database.ts';
import { evaluatePolicies, type LoadedPolicy, type PolicyVerdict } from './evaluate-policies.ts';
import { policies } from './policies.schema.ts';
import { describeFaults, readPolicy } from './policy-document.ts';

type PolicyRow = typeof policies.$inferSelect;

function policyToWire(row: PolicyRow): Policy {
  const reading = readPolicy(row.source);
  return {
    policy: row.name,
    version: row.version,
    source: row.source,
    description: reading.ok ? reading.document.description : '',
    rules: reading.ok ? reading.document.rules.length : 0,
    stored_at: toTimestamp(row.storedAt),
    stored_by: row.storedBy,
    note: row.note,
    broken: reading.ok ? null : describeFaults(reading.faults),
  };
}

/** The policies of a tenant that are in force, by name. */
export function listPolicies(unit: ReadUnit, tenantId: string): Policy[] {
  return unit.orm
    .select()
    .from(policies)
    .where(and(eq(policies.tenantId, tenantId), eq(policies.isCurrent, true)))
    .orderBy(policies.name)
    .all()
    .map(policyToWire);
}

/** Every version of a policy, newest first. */
export function policyVersions(unit: ReadUnit, tenantId: string, name: string) {
  return unit.orm
    .select()
    .from(policies)
    .where(and(eq(policies.tenantId, tenantId), eq(policies.name, name)))
    .orderBy(desc(policies.version))
    .limit(200)
    .all()
    .map((row) => ({
      policy: row.name,
      version: row.version,
      source: row.source,
      stored_at: toTimestamp(row.storedAt),
      stored_by: row.storedBy,
      note: row.note,
    }));
}

/** Past actions that a new policy is tried on. */
const triedMax = 500;

/** What a policy would have changed: past actions judged by what is in force, and by the same with this policy in its place. */
export function whatIf(unit: ReadUnit, tenantId: string, source: string, inForce: readonly LoadedPolicy[]): WhatIf {
  const reading = readPolicy(source);
  if (!reading.ok) return { faults: [...reading.faults], judged: 0, changed: [] };
  const { document } = reading;
  const others = inForce.filter((loaded) => loaded.document.name !== document.name);
  const rows = unit.orm
    .select()
    .from(actions)
    .where(eq(actions.tenantId, tenantId))
    .orderBy(desc(actions.proposedAt))
    .limit(triedMax)
    .all();
  const changed = rows.flatMap((row) => {
    const before = evaluatePolicies(inForce, row.facts, [], row.proposedAt);
    const after = evaluatePolicies([...others, { version: 0, document }], row.facts, [], row.proposedAt);
    if (summaryOf(before) === summaryOf(after)) return [];
    const rule = after.rules.find(({ policy, applied }) => policy === document.name && applied);
    return [
      {
        action_id: row.actionId,
        title: row.title,
        proposed_at: toTimestamp(row.proposedAt),
        before: summaryOf(before),
        after: summaryOf(after),
        because: rule === undefined ? 'A rule of the version in force is gone.' : `${rule.rule}: ${rule.reason}`,
      },
    ];
  });
  return { faults: [], judged: rows.length, changed };
}

/** A verdict in a few words. */
export function summaryOf(verdict: PolicyVerdict): string {
  if (verdict.outcome === 'forbidden') return 'forbidden';
  const people = `${verdict.approvals} ${verdict.approvals === 1 ? 'approval' : 'approvals'}`;
  const roles = verdict.approverRoles.map((list) => list.join(' or ')).join(', and ');
  return `${people}${roles === '' ? '' : ` by ${roles}`}${verdict.automatic ? ', may run by itself' : ''}`;
}
