import { desc, eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Token, TokenCreateInput } from '#shared/api/console.ts';
import { type Scope, scopeSchema } from '#shared/vocabulary/scopes.ts';
import { toTimestamp } from '#shared/vocabulary/time.ts';
import type { ReadUnit, WriteUnit } from '../store/database.ts';
import { tokens } from './access.schema.ts';

const scopesSchema = z.array(scopeSchema);
const optionalTime = (milliseconds: number | null) => (milliseconds === null ? null : toTimestamp(milliseconds));

/** The API's form of a stored token; never its secret. */
export function tokenToWire(row: typeof tokens.$inferSelect): Token {
  return {
    token_id: row.tokenId,
    tenant_id: row.tenantId,
    name: row.name,
    scopes: scopesSchema.parse(JSON.parse(row.scopes)),
    created_at: toTimestamp(row.createdAt),
    expires_at: optionalTime(row.expiresAt),
    revoked_at: optionalTime(row.revokedAt),
    last_used_at: optionalTime(row.lastUsedAt),
  };
}

/** Stores a new token under the hash of its secret. */
export function insertToken(
  unit: WriteUnit,
  input: TokenCreateInput,
  tokenId: string,
  secretHash: string,
  now: number,
): void {
  unit.orm
    .insert(tokens)
    .values({
      tokenId,
      tenantId: input.tenant_id,
      name: input.name,
      secretHash,
      scopes: JSON.stringify([...new Set<Scope>(input.scopes)]),
      createdAt: now,
      expiresAt: input.expires_days === undefined ? null : now + input.expires_days * 86_400_000,
      revokedAt: null,
      lastUsedAt: null,
    })
    .run();
}

/** Revokes a token; the first revocation stands. False when there is no such token. */
export function revokeToken(unit: WriteUnit, tokenId: string, now: number): boolean {
  return (
    unit.orm
      .update(tokens)
      .set({ revokedAt: sql`coalesce(${tokens.revokedAt}, ${now})` })
      .where(eq(tokens.tokenId, tokenId))
      .run().changes > 0
  );
}

export function findToken(unit: ReadUnit, tokenId: string): Token | null {
  const row = unit.orm.select().from(tokens).where(eq(tokens.tokenId, tokenId)).get();
  return row === undefined ? null : tokenToWire(row);
}

/** Every token, newest first; of one tenant or of all. */
export function listTokens(unit: ReadUnit, tenantId: string | null): Token[] {
  return unit.orm
    .select()
    .from(tokens)
    .where(tenantId === null ? undefined : eq(tokens.tenantId, tenantId))
    .orderBy(desc(tokens.createdAt), desc(tokens.tokenId))
    .all()
    .map(tokenToWire);
}

/** Tenants that have, or had, a token. */
export function tenantsWithTokens(unit: ReadUnit): string[] {
  return unit.orm
    .selectDistinct({ tenantId: tokens.tenantId })
    .from(tokens)
    .orderBy(tokens.tenantId)
    .all()
    .map((row) => row.tenantId);
}
