import type { DecideCommand, DecidingActor } from '#engine/actions/commands/decide-command.ts';
import type { CoreResult } from '#engine/core/inputs.ts';
import type { ExecutionOrder } from '#engine/executors/executor.ts';
import type { AdrSignature } from '#engine/gate/signatures.ts';
import { entitiesInAll } from './decide-lab.ts';

/** Policies that the random calls use; what each does stands in its name. */
export const labPolicies = {
  house: 'policy: house\nrules:\n  - {rule: all, effect: allow, because: b}\n',
  strict: 'policy: strict\nrules:\n  - {rule: none, effect: forbid, because: b}\n',
  pair: 'policy: pair\nrules:\n  - {rule: two, effect: approvals, approvals: 2, because: b}\n',
  hand: 'policy: hand\nrules:\n  - {rule: hand, effect: by_hand_only, because: b}\n',
} as const;
export type LabPolicy = keyof typeof labPolicies;

interface KnownAction {
  readonly type: string;
  readonly entity: string;
  readonly emergency: boolean;
  readonly approvals: Set<string>;
}

/**
 * A second opinion on what may reach an executor, written from the wording of ADR-001 and kept from the commands that were
 * carried out; it shares no code with the engine's own checks.
 */
export function createOracle(now: () => number) {
  let document: string | null = 'original';
  let chosen = 'A';
  let stopped = false;
  let selfTest: { at: number; passed: boolean } | null = null;
  let autonomy = { on: false, types: new Set<string>(), share: 0 };
  const signatures: { role: string; person: string; document: string; genuine: boolean; revoked: boolean }[] = [];
  const disabled = new Set<string>();
  const inForce = new Set<string>();
  const actions = new Map<string, KnownAction>();
  const failures = new Map<string, { count: number; openedAt: number | null }>();
  const touched = new Set<string>();
  /** What was wrong when an attempt was let through. */
  const letThrough = new Map<string, string | null>();
  const executions = new Map<string, { action: string; automatic: boolean; undoes: boolean; breaker: string }>();

  const newest = (role: string) => signatures.filter((signature) => signature.role === role).at(-1);

  /** What holds at every moment, up to the call itself. */
  const gateProblem = (): string | null => {
    if (chosen !== 'B') return 'option B is not chosen';
    const productOwner = newest('product_owner');
    const cto = newest('cto');
    if (productOwner === undefined || cto === undefined) return 'two signatures are needed';
    if (productOwner.person === cto.person) return 'one person signed twice';
    for (const signature of [productOwner, cto]) {
      if (signature.revoked) return 'a signature was revoked';
      if (signature.document !== document) return 'the document was edited';
      if (!signature.genuine || disabled.has(signature.person)) return 'a signature is not genuine';
    }
    return stopped ? 'the emergency stop is set' : null;
  };

  /** What holds when an attempt is let through. */
  const attemptProblem = (executionId: string): string | null => {
    const execution = executions.get(executionId);
    const action = execution === undefined ? undefined : actions.get(execution.action);
    if (execution === undefined || action === undefined) return 'nobody asked for it';
    if (inForce.size === 0) return 'no policy is loaded';
    if (inForce.has('strict')) return 'a policy forbids it';
    if (
      !['restart_cell', 'switch_to_protection', 'switch_to_working', 'unlock_cell', 'lock_cell'].includes(action.type)
    )
      return 'no way back is known';
    const needed = action.emergency || inForce.has('pair') ? 2 : 1;
    if (!execution.automatic && !execution.undoes) {
      const people = [...action.approvals].filter((approval) => approval.startsWith('person'));
      if ((needed > 1 ? people.length : action.approvals.size) < needed) return 'approvals are missing';
    }
    const breaker = failures.get(execution.breaker);
    if (breaker !== undefined && breaker.openedAt !== null && now() - breaker.openedAt < 1_800_000)
      return 'the circuit breaker is open';
    if (selfTest === null || !selfTest.passed || now() - selfTest.at >= 86_400_000) return 'no recent self-test passed';
    if (execution.automatic) {
      if (!autonomy.on) return 'the tenant did not opt in';
      if (!autonomy.types.has(action.type)) return 'the action type is not allowed';
      if (!inForce.has('house') || inForce.has('hand') || needed > 1) return 'the policies want a person';
      const share = new Set([...touched, action.entity]).size / entitiesInAll;
      if (share > autonomy.share + 1e-9) return 'the rollout stage is exceeded';
    }
    return null;
  };

  const noteCommit = (command: DecideCommand, result: CoreResult, actor: DecidingActor) => {
    if (result.kind !== 'done') return;
    switch (command.name) {
      case 'action.propose':
        for (const { actionId, actionType, entityId, facts } of command.proposals)
          if (result.done.includes(actionId))
            actions.set(actionId, {
              type: actionType,
              entity: entityId,
              emergency: facts.cluster.is_emergency_service,
              approvals: new Set(),
            });
        break;
      case 'action.approve':
        actions.get(command.actionId)?.approvals.add(`${actor.kind} ${actor.id}`);
        break;
      case 'policy.put':
        inForce.add(result.id);
        break;
      case 'policy.withdraw':
        inForce.delete(command.policy);
        break;
      case 'adr.choose':
        chosen = command.option;
        break;
      case 'adr.sign':
        addSignature(command.signature, true);
        break;
      case 'adr.revoke':
        for (const signature of signatures) signature.revoked = true;
        break;
      case 'gate.stop':
        stopped = true;
        break;
      case 'gate.release':
        stopped = false;
        break;
      case 'gate.self_test':
        selfTest = { at: now(), passed: command.passed };
        break;
      case 'gate.autonomy':
        autonomy = { on: command.optedIn, types: new Set(command.allowedTypes), share: command.rolloutShare };
        break;
      case 'person.change':
        if (command.disabled !== null)
          if (command.disabled) disabled.add(command.operatorId);
          else disabled.delete(command.operatorId);
        break;
      case 'execution.begin': {
        letThrough.set(command.executionId, attemptProblem(command.executionId));
        const execution = executions.get(command.executionId);
        if (execution?.automatic === true) touched.add(actions.get(execution.action)?.entity ?? '');
        break;
      }
    }
  };

  function addSignature(signature: AdrSignature, genuine: boolean): void {
    if (signature.option !== 'B') return;
    const { role, operatorId, documentHash } = signature;
    signatures.push({ role, person: operatorId, document: documentHash, genuine, revoked: false });
  }

  return {
    noteCommit,
    addSignature,
    edit: (text: string | null) => {
      document = text;
    },
    document: () => document,
    /** Copies from the store what the commands do not tell: which executions there are, and what the breakers saw. */
    see(
      rows: readonly {
        id: string;
        action: string;
        automatic: boolean;
        undoes: string | null;
        type: string;
        entity: string;
        region: string;
      }[],
      breakers: readonly { key: string; failures: number; openedAt: number | null }[],
    ) {
      for (const row of rows) {
        executions.set(row.id, {
          action: row.action,
          automatic: row.automatic,
          undoes: row.undoes !== null,
          breaker: `${row.type} ${row.region}`,
        });
        if (!actions.has(row.action))
          actions.set(row.action, { type: row.type, entity: row.entity, emergency: false, approvals: new Set() });
      }
      failures.clear();
      for (const { key, failures: count, openedAt } of breakers) failures.set(key, { count, openedAt });
    },
    /** What is wrong with this call of an executor; null when nothing is. */
    problemOf(order: ExecutionOrder): string | null {
      const before = letThrough.get(order.executionId);
      if (before === undefined) return 'nothing was let through';
      return gateProblem() ?? before;
    },
  };
}
