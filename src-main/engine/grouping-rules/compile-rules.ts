import type { GroupingRule, RulePlace } from '#shared/vocabulary/grouping-rule.ts';
import { type AlarmFacts, compileConditions } from '../conditions/match-conditions.ts';
import { noSides, type RuleSide } from '../corrections/members.ts';

/** A rule that is in force. */
export interface RuleInForce extends GroupingRule {
  readonly ruleId: string;
}

/** Rules made ready to be asked about every alarm. */
export interface CompiledRules {
  readonly rules: readonly RuleInForce[];
  /** Which halves of which rules an alarm matches. */
  sidesOf(facts: AlarmFacts): readonly RuleSide[];
}

export function compileRules(rules: readonly RuleInForce[]): CompiledRules {
  const tests = rules.map(({ first, second }) => ({
    isFirst: compileConditions(first, true),
    isSecond: compileConditions(second, true),
  }));
  return {
    rules,
    sidesOf(facts) {
      if (tests.length === 0) return noSides;
      const sides: RuleSide[] = [];
      tests.forEach(({ isFirst, isSecond }, rule) => {
        if (isFirst(facts)) sides.push({ rule, isFirst: true });
        if (isSecond(facts)) sides.push({ rule, isFirst: false });
      });
      return sides.length === 0 ? noSides : sides;
    },
  };
}

/** An alarm's place, as rules look at it. */
export interface Placed {
  readonly entityId: string;
  readonly site: string;
}

/** Whether the places of two alarms lie to each other as a rule demands. */
export function placesFit(place: RulePlace, left: Placed, right: Placed): boolean {
  switch (place) {
    case 'anywhere':
      return true;
    case 'same_entity':
      return left.entityId === right.entityId;
    case 'same_site':
      return left.site === right.site;
    case 'different_entity':
      return left.entityId !== right.entityId;
    case 'different_site':
      return left.site !== right.site;
  }
}
