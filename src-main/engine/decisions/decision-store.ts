import { createHash } from 'node:crypto';
import { and, desc, eq, max } from 'drizzle-orm';
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

/** Remembers a decision and makes it findable. Answers its number. */
export function rememberDecision(unit: WriteUnit, row: Omit<DecisionRow, 'number'>): number {
  const { orm } = unit;
  const newest = orm
    .select({ value: max(decisions.number) })
    .from(decisions)
    .get();
  const number = (newest?.value ?? 0) + 1;
  orm
    .insert(decisions)
    .values({ ...row, number })
    .run();
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

/** Terms are taken, the rarest first, while together they stand in at most so many decisions. */
const candidatesMax = 4_000;
/** So many of the candidates are compared feature by feature. */
const comparedMax = 400;

const frequencySchema = z.number().optional();
const rowidsSchema = z.array(z.number());

/**
 * The decisions in the most similar situations, most alike first; newer first among equals. The full-text index finds
 * candidates by their rarest shared terms, so that the time does not grow with what everybody has in common.
 */
export function similarDecisions(
  unit: ReadUnit,
  tenantId: string,
  wanted: { readonly features: SituationFeatures | null; readonly words: string },
  limit: number,
): SimilarDecision[] {
  const terms = [...(wanted.features === null ? [] : searchTerms(wanted.features)), ...wordsOf(wanted.words)];
  const frequency = unit.statement('SELECT doc FROM decision_terms WHERE term = ?').pluck();
  const known = [...new Set(terms.map((term) => tokenOf(tenantId, term)))]
    .map((token) => ({ token, count: frequencySchema.parse(frequency.get(token)) ?? 0 }))
    .filter(({ count }) => count > 0)
    .toSorted((left, right) => left.count - right.count);
  const chosen: string[] = [];
  let candidates = 0;
  for (const { token, count } of known) {
    if (chosen.length > 0 && candidates + count > candidatesMax) break;
    chosen.push(token);
    candidates += count;
  }
  if (chosen.length === 0) return [];
  const isMany = candidates > candidatesMax;
  const rowids = rowidsSchema.parse(
    unit
      // Where even the rarest term is common, the newest decisions stand for all of them.
      .statement(
        `SELECT rowid FROM decision_search WHERE decision_search MATCH ? ORDER BY ${isMany ? 'rowid DESC' : 'rank'} LIMIT ${comparedMax}`,
      )
      .pluck()
      .all(chosen.join(' OR ')),
  );
  const found = z
    .array(rowSchema)
    .parse(
      unit
        .statement(
          `SELECT decision_id, features FROM decisions WHERE tenant_id = ? AND number IN (SELECT value FROM json_each(?))`,
        )
        .all(tenantId, JSON.stringify(rowids)),
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
