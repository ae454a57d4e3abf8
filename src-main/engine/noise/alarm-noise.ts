import { z } from 'zod';
import { flapStateSchema } from './flapping-rules.ts';

/** What is remembered of an alarm beyond its state. An alarm that came once and is held back by nothing has none. */
export const alarmNoiseSchema = z.object({
  /** Null for an alarm that was raised once. */
  flaps: flapStateSchema.nullable(),
  /** The maintenance window that suppresses it; null while none does. */
  suppressed_by: z.string().nullable(),
});
export type AlarmNoise = z.infer<typeof alarmNoiseSchema>;

/** Null where there is nothing to remember. */
export function asNoise(noise: AlarmNoise): AlarmNoise | null {
  return noise.flaps === null && noise.suppressed_by === null ? null : noise;
}

/** Whether a maintenance window holds the alarm back. */
export function isSuppressed({ noise }: { readonly noise: AlarmNoise | null }): boolean {
  return noise !== null && noise.suppressed_by !== null;
}
