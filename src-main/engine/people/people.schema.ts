import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import type { Role } from '#shared/vocabulary/actions.ts';
import type { Credentials } from './passphrases.ts';

/** The people who work with this engine. They belong to the installation and may work for each of its tenants. */
export const operators = sqliteTable(
  'operators',
  {
    operatorId: text('operator_id').primaryKey(),
    /** What they sign in with; shown wherever they did something. */
    name: text('name').notNull(),
    roles: text('roles', { mode: 'json' }).$type<readonly Role[]>().notNull(),
    credentials: text('credentials', { mode: 'json' }).$type<Credentials>().notNull(),
    createdAt: integer('created_at').notNull(),
    disabledAt: integer('disabled_at'),
  },
  (table) => [uniqueIndex('operators_name').on(table.name)],
);

/** Who is signed in. Only the SHA-256 of a session's secret is stored. */
export const operatorSessions = sqliteTable(
  'operator_sessions',
  {
    sessionId: text('session_id').primaryKey(),
    operatorId: text('operator_id').notNull(),
    secretHash: text('secret_hash').notNull(),
    startedAt: integer('started_at').notNull(),
    /** It ends at this moment, used or not. */
    endsAt: integer('ends_at').notNull(),
    lastUsedAt: integer('last_used_at').notNull(),
    endedAt: integer('ended_at'),
  },
  (table) => [
    uniqueIndex('operator_sessions_secret').on(table.secretHash),
    index('operator_sessions_operator').on(table.operatorId),
  ],
);
