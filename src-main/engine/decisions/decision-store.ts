import { createHash } from 'node:crypto';
import { and, desc, eq } from 'drizzle-orm';
import { z } from 'zod';
import type { Orm, ReadUnit, WriteUnit } from '../store/database.ts';
import { decisions } from './decisions.schema.ts';
import { type SituationFeatures, searchTerms, similarity, situationFeaturesSchema } from './situation-features.ts';

export type DecisionRow = typeof decisions.$inferSelect;

/** A decision of the past and how alike its situation was, 0 to 1. */
export interface SimilarDecision {
  readonly decision: DecisionRow;
  readonly similarity: number;
}

/** A term of one tenant as it stands in the full-text index: nobody's search reaches another tenant's words. */
function tokenOf(tenantId: string, term: string): string {
  return createHash('sha1').update(`${tenantId}\n${term}`).digest('hex').slice(0, 20);
}

/** Words of what people wrote, small letters, each once. */
function wordsOf(text: string): string[] {
  return [...new Set(text.toLowerCase().match(/[\p{L}\p{N}]{3,}/gu) ?? [])].map((word) => `word ${word}`);
}

const numberSchema = z.number().nullable();

/** Remembers a decision and makes it findable. Answers its number. */
export function rememberDecision(unit: WriteUnit, row: Omit<DecisionRow, 'number'>): number {
  const newest = numberSchema.parse(unit.statement('SELECT max(number) FROM decisions').pluck().get());
  const number = (newest ?? 0) + 1;
  unit
    .statement(
      `INSERT INTO decisions (decision_id, number, tenant_id, action_id, cluster_id, action_type, entity_id, choice, decided_by, reason,
         situation, features, outcome, outcome_note, rating, reward, embedding_provider, embedding_model, decided_at, outcome_at)
       VALUES (@decisionId, @number, @tenantId, @actionId, @clusterId, @actionType, @entityId, @choice, @decidedBy, @reason,
         @situation, @features, @outcome, @outcomeNote, @rating, @reward, @embeddingProvider, @embeddingModel, @decidedAt, @outcomeAt)`,
    )
    .run({ ...row, number, features: JSON.stringify(row.features) });
  const terms = [...searchTerms(row.features), ...wordsOf(`${row.situation} ${row.reason}`)];
  unit
    .statement('INSERT INTO decision_search (rowid, terms) VALUES (?, ?)')
    .run(number, terms.map((term) => tokenOf(row.tenantId, term)).join(' '));
  return number;
}

/** The newest decision about an action. */
export function decisionOn(orm: Orm, tenantId: string, actionId: string): DecisionRow | null {
  return (
    orm
      .select()
      .from(decisions)
      .where(and(eq(decisions.tenantId, tenantId), eq(decisions.actionId, actionId)))
      .orderBy(desc(decisions.number))
      .limit(1)
      .get() ?? null
  );
}

export function changeDecision(orm: Orm, decisionId: string, change: Partial<DecisionRow>): void {
  orm.update(decisions).set(change).where(eq(decisions.decisionId, decisionId)).run();
}

/** So many decisions are looked at per term, the newest first: the time does not grow with what everybody has in common. */
const perTermMax = 400;
/** So many of the candidates are compared feature by feature. */
const comparedMax = 200;

const rowidsSchema = z.array(z.number());

/**
 * The decisions in the most similar situations, most alike first; newer first among equals. The full-text index gives
 * candidates: a shared term counts the more the rarer it is, and those that share most are compared feature by feature.
 */
export function similarDecisions(
  unit: ReadUnit,
  tenantId: string,
  wanted: { readonly features: SituationFeatures | null; readonly words: string },
  limit: number,
): SimilarDecision[] {
  const terms = [...(wanted.features === null ? [] : searchTerms(wanted.features)), ...wordsOf(wanted.words)];
  const newestWith = unit
    .statement(
      `SELECT rowid FROM decision_search WHERE decision_search MATCH ? ORDER BY rowid DESC LIMIT ${perTermMax}`,
    )
    .pluck();
  const shared = new Map<number, number>();
  for (const term of new Set(terms)) {
    const rowids = rowidsSchema.parse(newestWith.all(tokenOf(tenantId, term)));
    for (const rowid of rowids) shared.set(rowid, (shared.get(rowid) ?? 0) + 1 / Math.log2(2 + rowids.length));
  }
  if (shared.size === 0) return [];
  const rowids = [...shared]
    .toSorted(([leftId, left], [rightId, right]) => right - left || rightId - leftId)
    .slice(0, comparedMax)
    .map(([rowid]) => rowid);
  const found = z
    .array(rowSchema)
    .parse(
      unit
        .statement(
          `SELECT d.decision_id, d.features FROM json_each(?) wanted CROSS JOIN decisions d INDEXED BY decisions_number ON d.number = wanted.value WHERE d.tenant_id = ?`,
        )
        .all(JSON.stringify(rowids), tenantId),
    );
  const { features } = wanted;
  return found
    .map(({ decision_id, features: text }, index) => ({
      decisionId: decision_id,
      similarity: features === null ? 1 - index / (found.length + 1) : similarity(features, parsedFeatures(text)),
    }))
    .toSorted((left, right) => right.similarity - left.similarity)
    .slice(0, limit)
    .flatMap(({ decisionId, similarity: alike }) => {
      const decision = unit.orm.select().from(decisions).where(eq(decisions.decisionId, decisionId)).get();
      return decision === undefined ? [] : [{ decision, similarity: alike }];
    });
}

const rowSchema = z.object({ decision_id: z.string(), features: z.string() });
function parsedFeatures(text: string): SituationFeatures {
  return situationFeaturesSchema.parse(JSON.parse(text));
}
