import { describeConditions } from '#shared/vocabulary/condition.ts';
import type { GroupingRule, RulePlace } from '#shared/vocabulary/grouping-rule.ts';

/** How the places of two alarms may lie, in words. */
export const placeWords: Readonly<Record<RulePlace, string>> = {
  anywhere: 'anywhere',
  same_entity: 'at the same entity',
  same_site: 'at the same site',
  different_entity: 'at different entities',
  different_site: 'at different sites',
};

/** A rule as a sentence. */
export function ruleSentence(rule: GroupingRule): string {
  const { first, second, place, verdict, within_seconds } = rule;
  const time = verdict === 'always' ? `, raised within ${within_seconds} s` : '';
  return `${verdict === 'always' ? 'Always' : 'Never'} group alarms where ${describeConditions(first)} with alarms where ${describeConditions(second)}, ${placeWords[place]}${time}.`;
}
