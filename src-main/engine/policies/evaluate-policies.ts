import type { Role } from '#shared/vocabulary/actions.ts';
import type { PolicyDocument, PolicyRule } from './policy-document.ts';
import { type PolicyFacts, touchesEmergencyService } from './policy-facts.ts';
import { type ConditionContext, conditionContext } from './policy-language.ts';

/** A policy that is in force. */
export interface LoadedPolicy {
  readonly version: number;
  readonly document: PolicyDocument;
}

/** An execution that was let through, for rules that limit how many there may be. */
export interface RecentExecution {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly entityId: string;
  readonly region: string;
  readonly actionType: string;
}

/** What one rule had to say. */
export interface RuleVerdict {
  readonly policy: string;
  /** 0 for the engine's own rules, which no policy can lift. */
  readonly version: number;
  readonly rule: string;
  readonly effect: PolicyRule['source']['effect'];
  /** Its condition held, so that it took effect. */
  readonly applied: boolean;
  readonly reason: string;
}

/** What all policies together say. The most restrictive rule wins, in whatever order they stand. */
export interface PolicyVerdict {
  /** `forbidden`, or allowed under the conditions below. */
  readonly outcome: 'forbidden' | 'allowed';
  /** Different people who must approve; at least 1 unless `automatic` is true. */
  readonly approvals: number;
  /** Who may approve; null when no rule narrows it. An approver needs one role of each list. */
  readonly approverRoles: readonly (readonly Role[])[];
  /** The engine may act without a person, as far as policies go. */
  readonly automatic: boolean;
  readonly rules: readonly RuleVerdict[];
}

const builtIn = 'pedkai';

/**
 * Judges facts by all policies at `now` (milliseconds since the epoch). Fails closed: a condition that ends in an error
 * forbids, and without any rule that allows, nothing is automatic. The engine's own rule comes first: what touches an
 * emergency service needs a second person and is never automatic.
 */
export function evaluatePolicies(
  policies: readonly LoadedPolicy[],
  facts: PolicyFacts,
  recent: readonly RecentExecution[],
  now: number,
): PolicyVerdict {
  const rules: RuleVerdict[] = [emergencyRule(facts)];
  const isEmergency = touchesEmergencyService(facts);
  let forbidden = false;
  let approvals = isEmergency ? 2 : 1;
  let automatic = !isEmergency;
  let isAllowed = false;
  const approverRoles: (readonly Role[])[] = [];

  for (const { document, version } of policies) {
    const context = conditionContext(facts, document.timeAt(now));
    for (const rule of document.rules) {
      const { source } = rule;
      const judged = judge(rule, context, facts, recent, now);
      rules.push({ policy: document.name, version, rule: source.rule, effect: source.effect, ...judged.verdict });
      if (judged.failed) forbidden = true;
      if (!judged.verdict.applied || judged.failed) continue;
      switch (source.effect) {
        case 'allow':
          isAllowed = true;
          break;
        case 'forbid':
        case 'limit':
          forbidden = true;
          break;
        case 'by_hand_only':
          automatic = false;
          break;
        case 'approvals':
          approvals = Math.max(approvals, source.approvals);
          if (source.approvals > 1) automatic = false;
          break;
        case 'approver_roles':
          approverRoles.push(source.roles);
          break;
      }
    }
  }
  return {
    outcome: forbidden ? 'forbidden' : 'allowed',
    approvals,
    approverRoles,
    automatic: automatic && isAllowed && !forbidden,
    rules,
  };
}

function emergencyRule(facts: PolicyFacts): RuleVerdict {
  const applied = touchesEmergencyService(facts);
  return {
    policy: builtIn,
    version: 0,
    rule: 'emergency services',
    effect: 'approvals',
    applied,
    reason: applied
      ? 'An emergency service is touched: a second person must approve, and the engine never acts by itself.'
      : 'No emergency service is touched.',
  };
}

function judge(
  rule: PolicyRule,
  context: ConditionContext,
  facts: PolicyFacts,
  recent: readonly RecentExecution[],
  now: number,
): { readonly failed: boolean; readonly verdict: Pick<RuleVerdict, 'applied' | 'reason'> } {
  const { source } = rule;
  const says = (applied: boolean, reason: string) => ({ failed: false, verdict: { applied, reason } });
  if (now < rule.from) return says(false, `Not in force before ${source.from}.`);
  if (now >= rule.until) return says(false, `Not in force any more since ${source.until}.`);
  try {
    if (rule.condition !== null && !rule.condition.holds(context)) return says(false, 'Its condition does not hold.');
  } catch (error) {
    const why = error instanceof Error ? (error.message.split('\n', 1)[0] ?? '') : String(error);
    return {
      failed: true,
      verdict: { applied: true, reason: `Its condition cannot be judged (${why}), so it forbids.` },
    };
  }
  if (source.effect !== 'limit') return says(true, source.because);
  const since = now - source.minutes * 60_000;
  const count = recent.filter((execution) => execution.at > since && isSame(execution, facts, source.per)).length;
  const words = `${count} of ${source.executions} in ${source.minutes} minutes per ${source.per.replace('_', ' ')}`;
  return count >= source.executions
    ? says(true, `${source.because} (${words})`)
    : says(false, `Within the limit: ${words}.`);
}

function isSame(
  execution: RecentExecution,
  { action }: PolicyFacts,
  per: 'entity' | 'region' | 'action_type' | 'tenant',
) {
  switch (per) {
    case 'entity':
      return execution.entityId === action.entity_id;
    case 'region':
      return execution.region === action.region;
    case 'action_type':
      return execution.actionType === action.type;
    case 'tenant':
      return true;
  }
}
