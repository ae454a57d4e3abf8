import { z } from 'zod';
import { procedure } from './procedure.ts';

/** What became of every event of a tenant; `received` is always the sum of the others. */
export const ledgerSchema = z.object({
  received: z.int().nonnegative(),
  /** Raised an alarm that did not stand before. */
  new: z.int().nonnegative(),
  /** Reported an alarm that stood already, with or without a change. */
  repeated: z.int().nonnegative(),
  /** Reported the end of a condition. */
  cleared: z.int().nonnegative(),
  /** Had an event id that was stored before. */
  duplicate: z.int().nonnegative(),
  /** Kept, but held back by a rule. */
  suppressed: z.int().nonnegative(),
  /** Refused with a named reason. */
  rejected: z.int().nonnegative(),
});
export type Ledger = z.infer<typeof ledgerSchema>;

export const ledgerContract = {
  get: procedure('ALARM_READ')
    .route({ method: 'GET', path: '/ledger', tags: ['Ledger'] })
    .output(ledgerSchema),
};
