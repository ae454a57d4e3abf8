import { index, integer, primaryKey, real, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { AdrOption } from './adr-options.ts';
import type { SigningRole } from './signatures.ts';

/** What each tenant chose to sign, its stop switch, and what it lets run by itself. */
export const gates = sqliteTable('gates', {
  tenantId: text('tenant_id').primaryKey(),
  chosen: text('chosen').$type<AdrOption>().notNull(),
  /** Nothing is executed while it is set. */
  isStopped: integer('is_stopped', { mode: 'boolean' }).notNull(),
  stoppedAt: integer('stopped_at'),
  stoppedBy: text('stopped_by'),
  /** The tenant opted in to automatic execution. */
  isAutomatic: integer('is_automatic', { mode: 'boolean' }).notNull(),
  /** Action types that may run by themselves. */
  allowedTypes: text('allowed_types', { mode: 'json' }).$type<readonly string[]>().notNull(),
  /** Share of entities, 0 to 1, that the automatism may touch at this stage. */
  rolloutShare: real('rollout_share').notNull(),
  selfTestAt: integer('self_test_at'),
  selfTestPassed: integer('self_test_passed', { mode: 'boolean' }),
});

/** Signatures under ADR-001, those of the past included. */
export const adrSignatures = sqliteTable(
  'adr_signatures',
  {
    signatureId: text('signature_id').primaryKey(),
    tenantId: text('tenant_id').notNull(),
    adrId: text('adr_id').notNull(),
    option: text('option').$type<AdrOption>().notNull(),
    role: text('role').$type<SigningRole>().notNull(),
    operatorId: text('operator_id').notNull(),
    name: text('name').notNull(),
    documentHash: text('document_hash').notNull(),
    signedAt: integer('signed_at').notNull(),
    signature: text('signature').notNull(),
    publicKey: text('public_key').notNull(),
    revokedAt: integer('revoked_at'),
    revokedBy: text('revoked_by'),
  },
  (table) => [index('adr_signatures_tenant').on(table.tenantId, table.signedAt)],
);

/** Circuit breakers, one per action type and region. No row: closed, without failures. */
export const breakers = sqliteTable(
  'breakers',
  {
    tenantId: text('tenant_id').notNull(),
    actionType: text('action_type').notNull(),
    region: text('region').notNull(),
    /** Failures in a row. */
    failures: integer('failures').notNull(),
    openedAt: integer('opened_at'),
    because: text('because').notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.actionType, table.region] })],
);
