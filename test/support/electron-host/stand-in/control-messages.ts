import { z } from 'zod';

/** What the stand-in tells the test that started it. */
export const fromStandInSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('browser'), endpoint: z.string() }),
  z.object({ kind: z.literal('answer'), call: z.int(), error: z.string().nullable(), value: z.unknown() }),
]);
export type FromStandIn = z.infer<typeof fromStandInSchema>;

/** What a test asks the stand-in for. */
export const toStandInSchema = z.discriminatedUnion('kind', [
  /** Runs a function, given as text, with Electron's parts and one argument. */
  z.object({ kind: z.literal('evaluate'), call: z.int(), source: z.string(), argument: z.unknown() }),
  z.object({
    kind: z.literal('invoke-from-frame'),
    call: z.int(),
    frame: z.string(),
    channel: z.string(),
    parameters: z.array(z.unknown()),
  }),
  z.object({ kind: z.literal('window-options'), call: z.int() }),
]);
export type ToStandIn = z.infer<typeof toStandInSchema>;
