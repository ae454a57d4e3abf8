import { z } from 'zod';

/** Service level of an entity or a customer, best first. */
export const slaTiers = ['PLATINUM', 'GOLD', 'SILVER', 'BRONZE'] as const;

export const slaTierSchema = z.enum(slaTiers);
export type SlaTier = z.infer<typeof slaTierSchema>;
