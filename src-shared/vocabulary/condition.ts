import { z } from 'zod';

/** What of an alarm a condition may look at. `entity_type` is the topology's, empty where the topology does not know the entity. */
export const conditionFields = [
  'entity_id',
  'entity_type',
  'alarm_type',
  'specific_problem',
  'source_system',
  'severity',
  'text',
] as const;

/**
 * One test of one field, without regard to case. `is` and `is_not` compare patterns in which `*` stands for any run of
 * characters; without `*` the whole value must be equal.
 */
export const conditionSchema = z.object({
  field: z.enum(conditionFields),
  operator: z.enum(['is', 'is_not']),
  value: z.string().min(1).max(256),
});
export type Condition = z.infer<typeof conditionSchema>;

/** Which alarms are meant: those that meet every condition. */
export const conditionsSchema = z.array(conditionSchema).min(1).max(16);

/** The conditions in words: "entity_id is LON-3* and severity is not critical". */
export function describeConditions(conditions: readonly Condition[]): string {
  return conditions
    .map(({ field, operator, value }) => `${field.replace('_', ' ')} ${operator.replace('_', ' ')} ${value}`)
    .join(' and ');
}
