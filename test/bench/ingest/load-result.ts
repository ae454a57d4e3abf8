import { z } from 'zod';

/** What the load client prints. */
export const loadResultSchema = z.object({
  requests: z.int(),
  seconds: z.number(),
  refused: z.int(),
  p50_ms: z.number(),
  p99_ms: z.number(),
});
export type LoadResult = z.infer<typeof loadResultSchema>;
