import { z } from 'zod';
import { timestampSchema } from './time.ts';

export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Weekday = (typeof weekdays)[number];

/** An IANA time zone that this machine knows, such as Europe/London. */
export const timeZoneSchema = z
  .string()
  .max(64)
  .refine((name) => isTimeZone(name), { error: 'must be a time zone such as Europe/London or UTC' });

/** Once, from one moment to another. */
export const onceSchema = z.object({
  kind: z.literal('once'),
  starts_at: timestampSchema,
  ends_at: timestampSchema,
});

/** Every week on some days, by the clock of a time zone; `until` ends the series. */
export const weeklySchema = z.object({
  kind: z.literal('weekly'),
  days: z.array(z.enum(weekdays)).min(1).max(7),
  /** On the clock of the time zone. */
  starts: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time of day such as 01:30'),
  /** Up to a week; it may reach into the next days. */
  minutes: z.int().min(1).max(10_080),
  time_zone: timeZoneSchema,
  from: timestampSchema,
  until: timestampSchema.nullable(),
});

/** When something planned is on. */
export const scheduleSchema = z
  .discriminatedUnion('kind', [onceSchema, weeklySchema])
  .refine((schedule) => schedule.kind !== 'once' || Date.parse(schedule.ends_at) > Date.parse(schedule.starts_at), {
    path: ['ends_at'],
    error: 'must be after starts_at',
  });
export type Schedule = z.infer<typeof scheduleSchema>;
export type WeeklySchedule = z.infer<typeof weeklySchema>;

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
