import { and, desc, eq } from 'drizzle-orm';
import type { GroupingRuleVersion } from '#shared/api/grouping.ts';
import type { GroupingRule } from '#shared/vocabulary/grouping-rule.ts';
import { toTimestamp } from '#shared/vocabulary/time.ts';
import type { ReadUnit, WriteUnit } from '../store/database.ts';
import type { RuleInForce } from './compile-rules.ts';
import { groupingRules } from './grouping-rules.schema.ts';

type RuleRow = typeof groupingRules.$inferSelect;

/** The newest version of every rule of a tenant, the rule changed last first. */
export function currentRules(unit: ReadUnit, tenantId: string): RuleRow[] {
  const rows = unit.orm
    .select()
    .from(groupingRules)
    .where(eq(groupingRules.tenantId, tenantId))
    .orderBy(desc(groupingRules.version))
    .all();
  const newest = new Map<string, RuleRow>();
  for (const row of rows) if (!newest.has(row.ruleId)) newest.set(row.ruleId, row);
  return [...newest.values()].sort((left, right) => right.changedAt - left.changedAt);
}

/** The rules that people made and have not withdrawn. */
export function rulesInForce(unit: ReadUnit, tenantId: string): RuleInForce[] {
  return currentRules(unit, tenantId)
    .filter(({ isInForce }) => isInForce)
    .map(({ ruleId, definition }) => ({ ...definition, ruleId }));
}

/** All versions of a rule, the newest first. */
export function versionsOf(unit: ReadUnit, tenantId: string, ruleId: string): RuleRow[] {
  return unit.orm
    .select()
    .from(groupingRules)
    .where(and(eq(groupingRules.tenantId, tenantId), eq(groupingRules.ruleId, ruleId)))
    .orderBy(desc(groupingRules.version))
    .all();
}

/** Writes the next version of a rule, or the first. */
export function writeVersion(
  unit: WriteUnit,
  tenantId: string,
  ruleId: string,
  definition: GroupingRule,
  made: { readonly isInForce: boolean; readonly at: number; readonly by: string },
): void {
  const version = (versionsOf(unit, tenantId, ruleId)[0]?.version ?? 0) + 1;
  unit.orm
    .insert(groupingRules)
    .values({
      ruleId,
      version,
      tenantId,
      definition,
      isInForce: made.isInForce,
      changedAt: made.at,
      changedBy: made.by,
    })
    .run();
}

export function ruleToWire(row: RuleRow): GroupingRuleVersion {
  return {
    ...row.definition,
    rule_id: row.ruleId,
    version: row.version,
    is_in_force: row.isInForce,
    changed_at: toTimestamp(row.changedAt),
    changed_by: row.changedBy,
  };
}
