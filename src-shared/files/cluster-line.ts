import { z } from 'zod';
import { severitySchema } from '#shared/vocabulary/severity.ts';
import { timestampSchema } from '#shared/vocabulary/time.ts';

const probability = z.number().min(0).max(1);

/** What `pedkai correlate` prints, one a line; every alarm of the input stands in exactly one. */
export const clusterLineSchema = z.object({
  cluster_id: z.string(),
  alarm_ids: z.array(z.string()).min(1),
  root_cause: z.object({
    /** May be an entity that raised no alarm itself; `alarm_id` is then null. */
    entity_id: z.string(),
    alarm_id: z.string().nullable(),
    confidence: probability,
  }),
  severity: severitySchema,
  is_emergency_service: z.boolean(),
  first_raised_at: timestampSchema,
  last_raised_at: timestampSchema,
  /** Only with `--explain`. */
  explanation: z
    .array(
      z.object({ alarm_id: z.string(), because: z.string(), linked_to: z.string().nullable(), score: probability }),
    )
    .optional(),
});
export type ClusterLine = z.infer<typeof clusterLineSchema>;
