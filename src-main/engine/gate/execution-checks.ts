import { type ActionApproval, approvalState } from '../actions/action-rules.ts';
import { hasWayBack, remedyOf } from '../actions/catalogue.ts';
import { type BreakerState, breakerAllows } from '../executors/circuit-breaker.ts';
import type { PolicyVerdict } from '../policies/evaluate-policies.ts';
import { adrOptions } from './adr-options.ts';
import type { GateState } from './gate-state.ts';

/** Everything that decides whether one attempt may reach an executor, as it is at that moment. */
export interface ExecutionSituation {
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly gate: GateState;
  readonly isStopped: boolean;
  readonly actionType: string;
  readonly approvals: readonly ActionApproval[];
  readonly policiesLoaded: number;
  readonly verdict: PolicyVerdict;
  readonly breaker: BreakerState;
  readonly executorConfigured: boolean;
  readonly selfTest: { readonly at: number; readonly passed: boolean } | null;
  /** Nobody approved it: the engine would act by itself. */
  readonly isAutomatic: boolean;
  /** It takes back another action: who approved that one approved its way back. */
  readonly isWayBack: boolean;
  readonly optedIn: boolean;
  readonly allowedTypes: readonly string[];
  /** Shares of the tenant's entities, 0 to 1: the stage, and what it would be with this action. */
  readonly rolloutShare: number;
  readonly touchedShare: number;
}

/** A self-test counts for so long. */
export const selfTestMilliseconds = 24 * 3_600_000;

/** One check between a decision and the network. */
export interface ExecutionCheck {
  readonly name: ExecutionCheckName;
  readonly title: string;
  /** Asked only where the engine would act by itself. */
  readonly automaticOnly: boolean;
  /** Null when it is green, else why not. */
  readonly refusal: (situation: ExecutionSituation) => string | null;
}

export const executionCheckNames = [
  'gate',
  'emergency_stop',
  'executor',
  'policies_loaded',
  'policy_verdict',
  'approvals',
  'breaker',
  'rollback_known',
  'self_test',
  'opted_in',
  'allow_list',
  'policy_automatic',
  'rollout_stage',
] as const;
export type ExecutionCheckName = (typeof executionCheckNames)[number];

const unless = (green: boolean, why: string) => (green ? null : why);

/**
 * Every check, in the order in which they are told. An attempt is let through only when all are green, in the same
 * transaction that notes the attempt; a retry is a new attempt. ADR-001, option B, names them.
 */
export const executionChecks: readonly ExecutionCheck[] = [
  {
    name: 'gate',
    title: 'ADR-001 allows execution',
    automaticOnly: false,
    refusal: ({ gate, isAutomatic }) => {
      const option = adrOptions[gate.inForce];
      const allows = isAutomatic ? option.executesAutomatically : option.executesApproved;
      if (allows) return null;
      const why = gate.conditions.filter(({ met }) => !met).map(({ because }) => because);
      return `ADR-001 is at option ${gate.inForce}: ${why.join(' ') || 'it executes nothing.'}`;
    },
  },
  {
    name: 'emergency_stop',
    title: 'The emergency stop is not set',
    automaticOnly: false,
    refusal: ({ isStopped }) => unless(!isStopped, 'The emergency stop is set.'),
  },
  {
    // Tells, more than it protects: without an executor nothing can be reached anyway.
    name: 'executor',
    title: 'An executor is configured',
    automaticOnly: false,
    refusal: ({ executorConfigured }) => unless(executorConfigured, 'No executor is configured.'),
  },
  {
    name: 'policies_loaded',
    title: 'Policies are loaded',
    automaticOnly: false,
    refusal: ({ policiesLoaded }) => unless(policiesLoaded > 0, 'No policy is loaded.'),
  },
  {
    name: 'policy_verdict',
    title: 'No policy forbids it',
    automaticOnly: false,
    refusal: ({ verdict }) => {
      if (verdict.outcome === 'allowed') return null;
      const rule = verdict.rules.find(({ applied, effect }) => applied && (effect === 'forbid' || effect === 'limit'));
      return `A policy forbids it: ${rule?.reason ?? 'a condition cannot be judged'}`;
    },
  },
  {
    name: 'approvals',
    title: 'Enough people approved',
    automaticOnly: false,
    refusal: ({ verdict, approvals, isAutomatic, isWayBack }) => {
      if (isAutomatic || isWayBack) return null;
      const { enough, because } = approvalState(verdict, approvals);
      return unless(enough, because);
    },
  },
  {
    name: 'breaker',
    title: 'The circuit breaker is closed',
    automaticOnly: false,
    refusal: ({ breaker, now }) =>
      unless(breakerAllows(breaker, now), `The circuit breaker is open: ${breaker.because}`),
  },
  {
    name: 'rollback_known',
    title: 'It can be done from afar, and a way back is known',
    automaticOnly: false,
    refusal: ({ actionType }) => {
      if (remedyOf(actionType)?.isRemote !== true) return 'This is work for people; no executor can do it.';
      return unless(hasWayBack(actionType), 'No way back is known for this action.');
    },
  },
  {
    name: 'self_test',
    title: 'The safety self-test passed within 24 hours',
    automaticOnly: false,
    refusal: ({ selfTest, now }) => {
      if (selfTest === null) return 'The safety self-test has never run.';
      if (!selfTest.passed) return 'The last safety self-test failed.';
      return unless(now - selfTest.at < selfTestMilliseconds, 'The last safety self-test is older than 24 hours.');
    },
  },
  {
    name: 'opted_in',
    title: 'The tenant opted in to automatic execution',
    automaticOnly: true,
    refusal: ({ optedIn }) => unless(optedIn, 'The tenant has not opted in to automatic execution.'),
  },
  {
    name: 'allow_list',
    title: 'The action type is on the allow list',
    automaticOnly: true,
    refusal: ({ allowedTypes, actionType }) =>
      unless(allowedTypes.includes(actionType), 'The action type is not on the allow list.'),
  },
  {
    name: 'policy_automatic',
    title: 'The policies let it run by itself',
    automaticOnly: true,
    refusal: ({ verdict }) => unless(verdict.automatic, 'The policies want a person.'),
  },
  {
    name: 'rollout_stage',
    title: 'The rollout stage is not exceeded',
    automaticOnly: true,
    refusal: ({ touchedShare, rolloutShare }) =>
      unless(
        touchedShare <= rolloutShare,
        `With this action ${(touchedShare * 100).toFixed(1)} % of the entities would have been touched; the stage allows ${(rolloutShare * 100).toFixed(1)} %.`,
      ),
  },
];

/** A check and how it stands. */
export interface CheckResult {
  readonly name: ExecutionCheckName;
  readonly title: string;
  readonly green: boolean;
  readonly because: string;
}

/** All checks that apply, each with its result. `skip` leaves some out, which only tests do to show that each one matters. */
export function checkExecution(
  situation: ExecutionSituation,
  skip: ReadonlySet<ExecutionCheckName> = new Set(),
): { readonly allowed: boolean; readonly results: readonly CheckResult[] } {
  const results = executionChecks
    .filter(({ automaticOnly }) => !automaticOnly || situation.isAutomatic)
    .map(({ name, title, refusal }): CheckResult => {
      const why = refusal(situation);
      return { name, title, green: why === null, because: why ?? `${title}.` };
    });
  return { allowed: results.every(({ name, green }) => green || skip.has(name)), results };
}
