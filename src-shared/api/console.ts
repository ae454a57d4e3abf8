import { type } from '@orpc/contract';
import { z } from 'zod';
import { tenantIdSchema } from '#shared/vocabulary/identifiers.ts';
import { scopeSchema } from '#shared/vocabulary/scopes.ts';
import { timestampSchema } from '#shared/vocabulary/time.ts';
import { actionSchema } from './actions.ts';
import { alarmSchema } from './alarms.ts';
import { clusterSchema } from './clusters.ts';
import { incidentSchema } from './incidents.ts';
import { ledgerSchema } from './ledger.ts';
import { procedure } from './procedure.ts';
import { alarmRatePointSchema } from './scorecard.ts';

/** One object as it is now. `removed` objects are to be dropped; their last form is still given. */
export const changeSchema = z.discriminatedUnion('topic', [
  z.object({ topic: z.literal('alarm'), change: z.enum(['upserted', 'removed']), data: alarmSchema }),
  z.object({ topic: z.literal('cluster'), change: z.enum(['upserted', 'removed']), data: clusterSchema }),
  z.object({ topic: z.literal('action'), change: z.enum(['upserted', 'removed']), data: actionSchema }),
  z.object({ topic: z.literal('incident'), change: z.enum(['upserted', 'removed']), data: incidentSchema }),
]);
export type Change = z.infer<typeof changeSchema>;

/** The engine's pulse, at least once a second while something changes and every five seconds otherwise. */
export const pulseSchema = z.object({
  at: timestampSchema,
  ledger: ledgerSchema,
  /** When the last event of this tenant was committed; null when there was none. */
  last_event_at: timestampSchema.nullable(),
  queue: z.object({ depth: z.int().nonnegative(), max: z.int().positive() }),
  /** Journal entries of all tenants that are accepted and not worked in yet; at `lag_max` accepting waits. */
  journal: z.object({ lag: z.int().nonnegative(), lag_max: z.int().positive() }),
  core: z.enum(['running', 'restarting', 'stopped']),
  /** Alarms raised in the last ten minutes. */
  raised_last_ten_minutes: z.int().nonnegative(),
  /** ISA-18.2: began with more than ten alarms in ten minutes at this position, and lasts until there are fewer than five. */
  flood: z.boolean(),
  /** Since when; null while there is no flood. */
  flood_since: timestampSchema.nullable(),
  /** Alarms of the present flood. */
  flood_raised: z.int().nonnegative(),
  /** Free bytes on the disk of the data folder. */
  disk_free_bytes: z.number().nonnegative(),
  /** Source systems of this tenant, latest first. */
  feeds: z.array(
    z.object({ source_system: z.string(), last_event_at: timestampSchema, received: z.int().nonnegative() }),
  ),
});
export type Pulse = z.infer<typeof pulseSchema>;

/**
 * What a console receives. After `reset` everything held is dropped and a snapshot follows as `changes`; `synchronized`
 * says that the snapshot or the missed changes are complete. `sequence` is the point from which to resume.
 */
export const streamItemSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('reset'), sequence: z.int().nonnegative() }),
  z.object({ kind: z.literal('changes'), sequence: z.int().nonnegative(), changes: z.array(changeSchema) }),
  z.object({
    kind: z.literal('synchronized'),
    sequence: z.int().nonnegative(),
    /** Alarms that the snapshot left out because there were too many; they can be listed. */
    alarms_left_out: z.int().nonnegative(),
  }),
  z.object({ kind: z.literal('pulse'), pulse: pulseSchema }),
]);
export type StreamItem = z.infer<typeof streamItemSchema>;

export const sessionSchema = z.object({
  tenant_id: tenantIdSchema.nullable(),
  /** Tenants that this session may switch to. */
  tenants: z.array(tenantIdSchema),
  operator: z.string(),
  scopes: z.array(scopeSchema),
  engine: z.object({
    version: z.string(),
    url: z.string(),
    data_folder: z.string(),
    demo: z.boolean(),
    started_at: timestampSchema,
  }),
});
export type Session = z.infer<typeof sessionSchema>;

export const tokenSchema = z.object({
  token_id: z.string(),
  tenant_id: tenantIdSchema,
  name: z.string(),
  scopes: z.array(scopeSchema),
  created_at: timestampSchema,
  expires_at: timestampSchema.nullable(),
  revoked_at: timestampSchema.nullable(),
  last_used_at: timestampSchema.nullable(),
});
export type Token = z.infer<typeof tokenSchema>;

export const tokenCreateInputSchema = z.object({
  tenant_id: tenantIdSchema,
  scopes: z.array(scopeSchema).min(1),
  name: z.string().min(1).max(128).default('unnamed'),
  expires_days: z.int().min(1).max(3650).optional(),
});
export type TokenCreateInput = z.infer<typeof tokenCreateInputSchema>;

const admin = procedure('ADMIN');

/** What only the console uses: carried by the RPC transports, not published as REST. */
export const consoleContract = {
  session: procedure('ALARM_READ').output(sessionSchema),
  /** Snapshot, then changes in sequence. With `after_sequence`, only what changed since. */
  stream: procedure('ALARM_READ', { isLive: true })
    .input(z.object({ after_sequence: z.int().nonnegative().optional() }))
    // The engine checks each change where it leaves the store; checking the stream as a whole would end it on one bad row.
    .output(type<AsyncIteratorObject<StreamItem>>()),
  /** Alarms raised per ten minutes over the last `hours`. */
  rate: procedure('ALARM_READ')
    .input(z.object({ hours: z.int().min(1).max(168).default(3) }))
    .output(z.object({ points: z.array(alarmRatePointSchema) })),
  tokens: {
    list: admin.output(z.array(tokenSchema)),
    /** The only time that the secret is shown; the store keeps its hash. */
    create: admin.input(tokenCreateInputSchema).output(tokenSchema.extend({ secret: z.string() })),
    revoke: admin.input(z.object({ token_id: z.string() })).output(tokenSchema),
  },
};
