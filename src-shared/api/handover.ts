import { z } from 'zod';
import { timestampSchema } from '#shared/vocabulary/time.ts';
import { procedure } from './procedure.ts';

/** What the next shift must know, from stored facts only. */
export const handoverSchema = z.object({
  since: timestampSchema,
  generated_at: timestampSchema,
  sections: z.array(z.object({ heading: z.string(), lines: z.array(z.string()) })),
  /** The same as Markdown, for printing. */
  markdown: z.string(),
});
export type Handover = z.infer<typeof handoverSchema>;

export const handoverContract = {
  get: procedure('INCIDENT_READ')
    .route({ method: 'GET', path: '/handover', tags: ['Reports'] })
    .input(z.object({ since: timestampSchema }))
    .output(handoverSchema),
};
