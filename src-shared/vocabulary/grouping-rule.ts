import { z } from 'zod';
import { conditionsSchema } from './condition.ts';

/** How the places of two alarms must lie to each other for a rule to speak of them. A site is the nearest SITE that holds an entity, else the outermost holder. */
export const rulePlaces = ['anywhere', 'same_entity', 'same_site', 'different_entity', 'different_site'] as const;
export type RulePlace = (typeof rulePlaces)[number];

/**
 * What people know better than any correlation: alarms of one kind always, or never, belong together with alarms of another.
 * "Never" is stronger than "always", and what a person did to a particular alarm is stronger than both.
 */
export const groupingRuleSchema = z.object({
  name: z.string().min(1).max(128),
  verdict: z.enum(['always', 'never']),
  first: conditionsSchema,
  second: conditionsSchema,
  place: z.enum(rulePlaces),
  /** For "always": how far apart in time the two may be raised. "Never" does not look at time. */
  within_seconds: z.int().min(1).max(86_400),
});
export type GroupingRule = z.infer<typeof groupingRuleSchema>;
