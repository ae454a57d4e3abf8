import { z } from 'zod';
import { groupingRuleSchema } from '#shared/vocabulary/grouping-rule.ts';
import { timestampSchema } from '#shared/vocabulary/time.ts';
import { procedure } from './procedure.ts';

/** A version of a rule that people made; the newest one counts. */
export const groupingRuleVersionSchema = groupingRuleSchema.extend({
  rule_id: z.string(),
  version: z.int().positive(),
  /** False once it is withdrawn. */
  is_in_force: z.boolean(),
  changed_at: timestampSchema,
  changed_by: z.string(),
});
export type GroupingRuleVersion = z.infer<typeof groupingRuleVersionSchema>;

/** What people keep correcting in one direction; it acts as a rule once it is sure. */
export const groupingHabitSchema = z.object({
  left_kind: z.string(),
  right_kind: z.string(),
  place: z.string(),
  words: z.string(),
  together: z.int().nonnegative(),
  apart: z.int().nonnegative(),
  /** What it amounts to; null while people are not sure. */
  verdict: z.enum(['always', 'never']).nullable(),
  last_at: timestampSchema,
  last_by: z.string(),
});
export type GroupingHabit = z.infer<typeof groupingHabitSchema>;

const previewClusterSchema = z.object({
  cluster_id: z.string(),
  alarm_count: z.int().positive(),
  severity: z.string(),
  root_cause_entity_id: z.string(),
  first_raised_at: timestampSchema,
});

/** What rules would have made of the last 24 hours. */
export const rulesPreviewSchema = z.object({
  from: timestampSchema,
  to: timestampSchema,
  /** Raises that were replayed. */
  alarms: z.int().nonnegative(),
  /** True when there were more, of which the latest were replayed. */
  is_cut: z.boolean(),
  took_milliseconds: z.number().nonnegative(),
  before: z.object({ clusters: z.int().nonnegative(), largest: z.int().nonnegative() }),
  after: z.object({ clusters: z.int().nonnegative(), largest: z.int().nonnegative() }),
  /** Alarms that would stand together with others than they do. */
  alarms_affected: z.int().nonnegative(),
  /** The clusters that would change, largest first: what each would become. At most 50. */
  changes: z.array(z.object({ before: z.array(previewClusterSchema), after: z.array(previewClusterSchema) })),
});
export type RulesPreview = z.infer<typeof rulesPreviewSchema>;

const read = procedure('ALARM_READ');
const admin = procedure('ADMIN');
const ruleId = z.object({ rule_id: z.string() });

export const groupingContract = {
  rules: {
    list: read
      .route({ method: 'GET', path: '/grouping-rules', tags: ['Grouping rules'] })
      .output(z.object({ items: z.array(groupingRuleVersionSchema) })),
    versions: read
      .route({ method: 'GET', path: '/grouping-rules/{rule_id}/versions', tags: ['Grouping rules'] })
      .input(ruleId)
      .output(z.object({ items: z.array(groupingRuleVersionSchema) })),
    create: admin
      .route({ method: 'POST', path: '/grouping-rules', successStatus: 201, tags: ['Grouping rules'] })
      .input(groupingRuleSchema)
      .output(groupingRuleVersionSchema),
    /** Makes a new version, which counts from now on; also brings back a withdrawn rule. */
    change: admin
      .route({ method: 'PUT', path: '/grouping-rules/{rule_id}', tags: ['Grouping rules'] })
      .input(groupingRuleSchema.extend({ rule_id: z.string() }))
      .output(groupingRuleVersionSchema),
    withdraw: admin
      .route({ method: 'POST', path: '/grouping-rules/{rule_id}/withdraw', tags: ['Grouping rules'] })
      .input(ruleId)
      .output(groupingRuleVersionSchema),
    /** Replays the last 24 hours with the rules in force, and again with this one in place of `rule_id` or added. */
    preview: read
      .route({ method: 'POST', path: '/grouping-rules/preview', tags: ['Grouping rules'] })
      .input(z.object({ rule: groupingRuleSchema, rule_id: z.string().optional() }))
      .output(rulesPreviewSchema),
  },
  habits: {
    list: read
      .route({ method: 'GET', path: '/grouping-habits', tags: ['Grouping rules'] })
      .output(z.object({ items: z.array(groupingHabitSchema) })),
    forget: admin
      .route({ method: 'POST', path: '/grouping-habits/forget', tags: ['Grouping rules'] })
      .input(z.object({ left_kind: z.string(), right_kind: z.string(), place: z.string() }))
      .output(z.object({ items: z.array(groupingHabitSchema) })),
  },
};
