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

/** Notes when tokens were last used; milliseconds since the epoch. */
export function noteTokenUses(unit: WriteUnit, uses: readonly (readonly [tokenId: string, at: number])[]): void {
  for (const [tokenId, at] of uses)
    unit.orm.update(tokens).set({ lastUsedAt: at }).where(eq(tokens.tokenId, tokenId)).run();
}

export function findToken(unit: ReadUnit, tokenId: string): Token | null {
  const row = unit.orm.select().from(tokens).where(eq(tokens.tokenId, tokenId)).get();
  return row === undefined ? null : tokenToWire(row);
}

const credentialSchema = z
  .object({
    token_id: z.string(),
    tenant_id: z.string(),
    name: z.string(),
    scopes: z.string(),
    expires_at: z.number().nullable(),
    revoked_at: z.number().nullable(),
  })
  .optional();

/** What a request is judged by. Times are milliseconds since the epoch. */
export interface Credential {
  readonly tokenId: string;
  readonly tenantId: string;
  readonly name: string;
  readonly scopes: readonly Scope[];
  readonly expiresAt: number | null;
  readonly revokedAt: number | null;
}

/** The token whose secret has this hash; null when there is none. */
export function findTokenByHash(unit: ReadUnit, secretHash: string): Credential | null {
  const row = credentialSchema.parse(
    unit
      .statement('SELECT token_id, tenant_id, name, scopes, expires_at, revoked_at FROM tokens WHERE secret_hash = ?')
      .get(secretHash),
  );
  if (row === undefined) return null;
  return {
    tokenId: row.token_id,
    tenantId: row.tenant_id,
    name: row.name,
    scopes: scopesSchema.parse(JSON.parse(row.scopes)),
    expiresAt: row.expires_at,
    revokedAt: row.revoked_at,
  };
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
