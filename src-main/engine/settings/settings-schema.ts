import { z } from 'zod';
import { tenantIdSchema } from '#shared/vocabulary/identifiers.ts';

/** A number, or its digits: the environment knows text only. */
const number = z.union(
  [
    z.number(),
    z
      .string()
      .regex(/^-?\d+(\.\d+)?$/)
      .transform(Number),
  ],
  {
    error: 'must be a number',
  },
);
const whole = (min: number, max: number) => number.pipe(z.number().int().min(min).max(max));
const port = whole(0, 65_535);
const seconds = (fallback: number) => number.pipe(z.number().positive().max(86_400)).default(fallback);

/** `config.json` in the data folder. Unknown keys are refused, so that a typing error is not a silent default. */
export const settingsFileSchema = z.strictObject({
  http: z
    .strictObject({
      /** Address to listen on. */
      host: z.string().min(1).default('127.0.0.1'),
      /** 0 takes any free port. */
      port: port.default(4620),
      /** Further names by which this engine may be addressed (the `Host` header). */
      names: z.array(z.string().min(1)).default([]),
      /** How many alarms may wait to be written. */
      queue_max: whole(1, 1_000_000).default(10_000),
    })
    .prefault({}),
  sse: z
    .strictObject({
      heartbeat_interval_seconds: seconds(30),
      max_idle_seconds: seconds(300),
      max_connections: whole(1, 10_000).default(100),
    })
    .prefault({}),
  correlation: z.strictObject({ window_seconds: seconds(300) }).prefault({}),
  store: z
    .strictObject({
      /** `full` survives power loss; `normal` only the death of the process. */
      synchronous: z.enum(['full', 'normal']).default('full'),
    })
    .prefault({}),
  actions: z
    .strictObject({
      /** How often remedies are looked for, outcomes judged and policy files read. */
      look_interval_seconds: seconds(5),
      /** `webhook` hands approved actions to `webhook_url`, if ADR-001 lets it; `none` executes nothing. */
      executor: z.enum(['none', 'webhook']).default('none'),
      webhook_url: z.url({ protocol: /^https?$/ }).optional(),
      /** Shared with the receiver; at least 32 characters. Better given by the environment than in a file. */
      webhook_secret: z.string().min(32).optional(),
      webhook_timeout_seconds: seconds(30),
    })
    .refine(
      ({ executor, webhook_url, webhook_secret }) =>
        executor === 'none' || (webhook_url !== undefined && webhook_secret !== undefined),
      { error: 'the webhook executor needs webhook_url and webhook_secret', path: ['executor'] },
    )
    .prefault({}),
  /** How long measurements are kept, in days: raw, then rolled up to 15 minutes, hours and days; by the day for ever. */
  kpi: z
    .strictObject({
      raw_days: whole(2, 3_650).default(100),
      quarter_hour_days: whole(2, 3_650).default(400),
      hour_days: whole(2, 36_500).default(1_100),
    })
    .prefault({}),
  console: z
    .strictObject({
      /** How many live alarms a console is given at once; the rest can be listed. */
      snapshot_max: whole(100, 1_000_000).default(50_000),
      /** The name under which this workstation's console works. */
      operator: z.string().min(1).max(128).optional(),
      /** The tenant shown first, where there are several. */
      tenant: tenantIdSchema.optional(),
    })
    .prefault({}),
  log: z.strictObject({ level: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info') }).prefault({}),
});
export type SettingsFile = z.infer<typeof settingsFileSchema>;
