import { and, eq } from 'drizzle-orm';
import type { CausesOutput, LearnedCauseView } from '#shared/api/causes.ts';
import { toTimestamp } from '#shared/vocabulary/time.ts';
import type { ReadUnit, WriteUnit } from '../../store/database.ts';
import type { CauseRule } from '../correlator.ts';
import { type CauseSnapshot, causeSnapshotSchema } from './cause-snapshot.ts';
import { causeKnowledge, causeVerdicts, learnedCauses } from './causes.schema.ts';
import type { LearnedCause } from './judge-causes.ts';

export type CauseVerdict = typeof causeVerdicts.$inferSelect;

/** What a tenant's learning remembers, and how far in the journal it has come; null for a tenant that is new. */
export function readKnowledge(
  unit: ReadUnit,
  tenantId: string,
): { readonly snapshot: CauseSnapshot; readonly position: number } | null {
  const row = unit.orm.select().from(causeKnowledge).where(eq(causeKnowledge.tenantId, tenantId)).get();
  return row === undefined
    ? null
    : { snapshot: causeSnapshotSchema.parse(JSON.parse(row.snapshot)), position: row.position };
}

/** Up to which journal entry everything was learned from at the last saving; 0 at the first start. */
export function learnedUpTo(unit: ReadUnit): number {
  const rows = unit.orm.select({ position: causeKnowledge.position }).from(causeKnowledge).all();
  return rows.length === 0 ? 0 : Math.min(...rows.map(({ position }) => position));
}

export function tenantsWithKnowledge(unit: ReadUnit): string[] {
  return unit.orm
    .select({ tenantId: causeKnowledge.tenantId })
    .from(causeKnowledge)
    .all()
    .map(({ tenantId }) => tenantId);
}

/** Replaces what a tenant's learning remembers and would act on. */
export function saveKnowledge(
  unit: WriteUnit,
  tenantId: string,
  knowledge: {
    readonly snapshot: CauseSnapshot;
    readonly position: number;
    readonly causes: readonly LearnedCause[];
    readonly at: number;
  },
): void {
  const { position, causes, at } = knowledge;
  const snapshot = JSON.stringify(knowledge.snapshot);
  unit.orm
    .insert(causeKnowledge)
    .values({ tenantId, snapshot, position, updatedAt: at })
    .onConflictDoUpdate({ target: causeKnowledge.tenantId, set: { snapshot, position, updatedAt: at } })
    .run();
  unit.orm.delete(learnedCauses).where(eq(learnedCauses.tenantId, tenantId)).run();
  for (const cause of causes) {
    unit.orm
      .insert(learnedCauses)
      .values({ tenantId, ...cause })
      .run();
  }
  dropOutgrownVerdicts(unit, tenantId, causes);
}

/** What a person forgot comes back once it has gained half as much support again. */
function dropOutgrownVerdicts(unit: WriteUnit, tenantId: string, causes: readonly LearnedCause[]): void {
  const support = new Map(causes.map(({ cause, effect, support: count }) => [`${cause}\n${effect}`, count]));
  for (const verdict of verdictsOf(unit, tenantId)) {
    if (verdict.verdict !== 'forgotten') continue;
    if ((support.get(`${verdict.cause}\n${verdict.effect}`) ?? 0) >= Math.max(1, verdict.support) * comesBackAt)
      dropVerdict(unit, tenantId, verdict.cause, verdict.effect);
  }
}
const comesBackAt = 1.5;

export function verdictsOf(unit: ReadUnit, tenantId: string): CauseVerdict[] {
  return unit.orm.select().from(causeVerdicts).where(eq(causeVerdicts.tenantId, tenantId)).all();
}

export function dropVerdict(unit: WriteUnit, tenantId: string, cause: string, effect: string): void {
  unit.orm
    .delete(causeVerdicts)
    .where(and(eq(causeVerdicts.tenantId, tenantId), eq(causeVerdicts.cause, cause), eq(causeVerdicts.effect, effect)))
    .run();
}

export function writeVerdict(unit: WriteUnit, verdict: CauseVerdict): void {
  dropVerdict(unit, verdict.tenantId, verdict.cause, verdict.effect);
  unit.orm.insert(causeVerdicts).values(verdict).run();
}

/** What was learned and decided of a tenant's causes; the pinned first, then the surest. */
export function listCauses(unit: ReadUnit, tenantId: string): CausesOutput {
  const learned = unit.orm.select().from(learnedCauses).where(eq(learnedCauses.tenantId, tenantId)).all();
  const verdicts = new Map(verdictsOf(unit, tenantId).map((row) => [`${row.cause}\n${row.effect}`, row]));
  const items = learned.map(({ cause, effect, lagSeconds, support, expected, confidence }): LearnedCauseView => {
    const key = `${cause}\n${effect}`;
    const verdict = verdicts.get(key);
    verdicts.delete(key);
    return { cause, effect, lag_s: lagSeconds, support, expected, confidence, ...decided(verdict) };
  });
  for (const verdict of verdicts.values()) {
    const { cause, effect, lagSeconds } = verdict;
    items.push({ cause, effect, lag_s: lagSeconds, support: 0, expected: 0, confidence: 0, ...decided(verdict) });
  }
  const knowledge = unit.orm.select().from(causeKnowledge).where(eq(causeKnowledge.tenantId, tenantId)).get();
  return {
    items: items.sort(
      (left, right) =>
        Number(right.verdict === 'pinned') - Number(left.verdict === 'pinned') ||
        right.confidence - left.confidence ||
        right.support - left.support ||
        (left.cause < right.cause ? -1 : 1),
    ),
    alarms: knowledge === undefined ? 0 : causeSnapshotSchema.parse(JSON.parse(knowledge.snapshot)).alarms,
    updated_at: knowledge === undefined ? null : toTimestamp(knowledge.updatedAt),
  };
}

function decided(verdict: CauseVerdict | undefined): Pick<LearnedCauseView, 'verdict' | 'decided_by' | 'decided_at'> {
  return verdict === undefined
    ? { verdict: null, decided_by: null, decided_at: null }
    : { verdict: verdict.verdict, decided_by: verdict.decidedBy, decided_at: toTimestamp(verdict.decidedAt) };
}

/** What correlation may act on: what was learned, without what people forbade or forgot, and what they pinned. */
export function causesInForce(unit: ReadUnit, tenantId: string): CauseRule[] {
  return listCauses(unit, tenantId)
    .items.filter(({ verdict }) => verdict === null || verdict === 'pinned')
    .map(({ cause, effect, lag_s, confidence, verdict }) => ({
      cause,
      effect,
      lagSeconds: lag_s,
      confidence: verdict === 'pinned' ? 1 : confidence,
      pinned: verdict === 'pinned',
    }));
}
