import { type ActionRow, breakerOf, recentExecutions, touchedShareWith } from '../actions/action-store.ts';
import type { Surroundings } from '../actions/commands/decide-command.ts';
import type { DecideContext } from '../actions/commands/decide-context.ts';
import { evaluatePolicies, type PolicyVerdict } from '../policies/evaluate-policies.ts';
import type { PolicyShelf } from '../policies/policy-shelf.ts';
import type { Orm } from '../store/database.ts';
import { type CheckResult, checkExecution, type ExecutionSituation } from './execution-checks.ts';
import { gateStateOf } from './gate-state.ts';
import { gateFactsOf, gateOf } from './gate-store.ts';

/** The longest time that a policy may look back. */
const lookBackMilliseconds = 7 * 86_400_000;

type Judging = Pick<DecideContext, 'shelf' | 'now' | 'skip'> & { readonly orm: Orm; readonly tenantId: string };

/** What the policies say about an action now. */
export function verdictOn(
  { orm, shelf, now }: { readonly orm: Orm; readonly shelf: PolicyShelf; readonly now: number },
  action: Pick<ActionRow, 'tenantId' | 'facts'>,
  isAutomatic: boolean,
  exceptExecution = '',
): PolicyVerdict {
  const recent = recentExecutions(orm, action.tenantId, now - lookBackMilliseconds, exceptExecution);
  const facts = { ...action.facts, action: { ...action.facts.action, automatic: isAutomatic } };
  return evaluatePolicies(shelf.of(action.tenantId).policies, facts, recent, now);
}

/** Gathers, from the store as it is in this transaction, everything that an execution depends on. */
export function situationOf(
  judging: Judging,
  action: ActionRow,
  around: Surroundings,
  options: { readonly isAutomatic: boolean; readonly executionId: string },
): ExecutionSituation {
  const { orm, shelf, now, skip, tenantId } = judging;
  const gate = gateOf(orm, tenantId);
  const loaded = shelf.of(tenantId);
  return {
    now,
    gate: gateStateOf(gateFactsOf(orm, tenantId, around.documentHash, gate), skip.conditions),
    isStopped: gate.isStopped,
    actionType: action.actionType,
    approvals: action.approvals,
    policiesLoaded: loaded.broken.length > 0 ? 0 : loaded.policies.length,
    verdict: verdictOn(judging, action, options.isAutomatic, options.executionId),
    breaker: breakerOf(orm, tenantId, action.actionType, action.facts.action.region),
    executorConfigured: around.executorConfigured,
    selfTest:
      gate.selfTestAt === null || gate.selfTestPassed === null
        ? null
        : { at: gate.selfTestAt, passed: gate.selfTestPassed },
    isAutomatic: options.isAutomatic,
    isWayBack: action.undoes !== null,
    optedIn: gate.isAutomatic,
    allowedTypes: gate.allowedTypes,
    rolloutShare: gate.rolloutShare,
    touchedShare: touchedShareWith(orm, tenantId, action.entityId),
  };
}

/** Whether an action may be executed, and how each check stands. */
export function judgeExecution(
  judging: Judging,
  action: ActionRow,
  around: Surroundings,
  options: { readonly isAutomatic: boolean; readonly executionId: string },
): { readonly allowed: boolean; readonly results: readonly CheckResult[]; readonly why: string } {
  const { allowed, results } = checkExecution(situationOf(judging, action, around, options), judging.skip.checks);
  const why = results.filter(({ green }) => !green).map(({ because }) => because);
  return { allowed, results, why: why.join(' ') };
}
