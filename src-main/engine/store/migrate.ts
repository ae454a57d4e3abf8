import { readFileSync } from 'node:fs';
import path from 'node:path';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { migrate } from 'drizzle-orm/better-sqlite3/migrator';
import { z } from 'zod';
import type { SqliteClient } from './database.ts';

/** The store was written by a newer version, or its content does not hold together. `message` is one plain line. */
export class StoreError extends Error {
  override readonly name = 'StoreError';
  readonly code: 'FROM_THE_FUTURE' | 'BROKEN_REFERENCES' | 'MIGRATIONS_OUT_OF_ORDER';

  constructor(code: StoreError['code'], message: string) {
    super(message);
    this.code = code;
  }
}

const migrationJournalSchema = z.object({ entries: z.array(z.object({ tag: z.string(), when: z.number() })) });
const appliedSchema = z.object({ newest: z.number().nullable(), applied: z.number() });

/**
 * Brings the store to this version's schema: the only place that migrates. Foreign keys are off outside the migrator's
 * transaction, where alone the pragma works, so that rebuilding a table cannot cascade into its children.
 *
 * Throws StoreError when the store knows a migration that this version does not, when the migrations' times do not rise
 * (drizzle would skip one silently), or when references are broken afterwards.
 */
export function applyMigrations(client: SqliteClient, migrationsFolder: string): void {
  const known = migrationJournalSchema.parse(
    JSON.parse(readFileSync(path.join(migrationsFolder, 'meta', '_journal.json'), 'utf8')),
  ).entries;
  known.forEach((entry, index) => {
    const previous = known[index - 1];
    if (previous !== undefined && previous.when >= entry.when)
      throw new StoreError('MIGRATIONS_OUT_OF_ORDER', `Migration ${entry.tag} is not newer than ${previous.tag}.`);
  });
  refuseFuture(client, known.at(-1)?.when ?? 0, known.length);

  client.pragma('foreign_keys = OFF');
  try {
    migrateBesideOthers(client, migrationsFolder);
    const broken = client.pragma('foreign_key_check');
    if (Array.isArray(broken) && broken.length > 0)
      throw new StoreError(
        'BROKEN_REFERENCES',
        `After migration ${broken.length} rows refer to rows that do not exist.`,
      );
  } finally {
    client.pragma('foreign_keys = ON');
  }
}

/** Two processes may open a new store at the same moment: who comes second finds the tables made and has nothing to do. */
function migrateBesideOthers(client: SqliteClient, migrationsFolder: string): void {
  const before = countApplied(client);
  try {
    migrate(drizzle(client), { migrationsFolder });
  } catch (error) {
    if (countApplied(client) === before) throw error;
    migrate(drizzle(client), { migrationsFolder });
  }
}

function countApplied(client: SqliteClient): number {
  return readApplied(client)?.applied ?? 0;
}

function refuseFuture(client: SqliteClient, newestKnown: number, countKnown: number): void {
  const state = readApplied(client);
  if (state !== null && ((state.newest ?? 0) > newestKnown || state.applied > countKnown))
    throw new StoreError(
      'FROM_THE_FUTURE',
      'The data folder was written by a newer version of Pedkai. Start that version, or choose another data folder.',
    );
}

/** What the store says has been applied; null when it was never migrated. */
function readApplied(client: SqliteClient): z.infer<typeof appliedSchema> | null {
  const table = client
    .prepare(`SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = '__drizzle_migrations'`)
    .get();
  if (table === undefined) return null;
  return appliedSchema.parse(
    client.prepare('SELECT max(created_at) AS newest, count(*) AS applied FROM __drizzle_migrations').get(),
  );
}
