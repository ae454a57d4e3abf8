import { generateKeyPairSync, sign } from 'node:crypto';
import { closedBreaker } from '../executors/circuit-breaker.ts';
import { checkExecution, type ExecutionCheckName, type ExecutionSituation } from './execution-checks.ts';
import { gateStateOf } from './gate-state.ts';
import { type AdrSignature, type SigningRole, statementBytes } from './signatures.ts';

/** What the safety self-test found. */
export interface SelfTestReport {
  readonly passed: boolean;
  readonly lines: readonly string[];
}

const hash = 'ab'.repeat(32);

function signedBy(operatorId: string, role: SigningRole, documentHash: string): AdrSignature {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const statement = {
    tenantId: 't',
    adrId: 'ADR-001',
    option: 'B' as const,
    role,
    operatorId,
    documentHash,
    signedAt: 1,
  };
  return {
    ...statement,
    signatureId: operatorId,
    name: operatorId,
    signature: sign(null, statementBytes(statement), privateKey).toString('base64'),
    publicKey: publicKey.export({ type: 'spki', format: 'der' }).toString('base64'),
    revokedAt: null,
    revokedBy: null,
  };
}

/**
 * Tries every gate of this very process on made-up situations: the green one must pass, and each with one thing wrong
 * must be refused by the check that is meant for it. Touches neither the store nor an executor.
 */
export function runSelfTest(now: number): SelfTestReport {
  const owner = signedBy('owner', 'product_owner', hash);
  const cto = signedBy('cto', 'cto', hash);
  const keys = new Map([owner, cto].map(({ operatorId, publicKey }) => [operatorId, publicKey]));
  const gateWith = (signatures: readonly AdrSignature[], documentHash: string | null = hash) =>
    gateStateOf({ chosen: 'B', signatures, documentHash, knownKeys: keys });
  const green: ExecutionSituation = {
    now,
    gate: gateWith([owner, cto]),
    isStopped: false,
    actionType: 'switch_to_protection',
    approvals: [{ actor_kind: 'person', actor_id: 'ana', name: 'ana', roles: [], at: now, note: '' }],
    policiesLoaded: 1,
    verdict: { outcome: 'allowed', approvals: 1, approverRoles: [], automatic: true, rules: [] },
    breaker: closedBreaker,
    executorConfigured: true,
    selfTest: { at: now, passed: true },
    isAutomatic: false,
    isWayBack: false,
    optedIn: true,
    allowedTypes: ['switch_to_protection'],
    rolloutShare: 0.1,
    touchedShare: 0.05,
  };
  const lines: string[] = [];
  let passed = true;
  const tell = (held: boolean, what: string) => {
    lines.push(`${held ? 'held' : 'FAILED'}: ${what}`);
    passed &&= held;
  };
  const refusedBy = (name: ExecutionCheckName, what: string, wrong: Partial<ExecutionSituation>) => {
    const { allowed, results } = checkExecution({ ...green, ...wrong });
    const red = results.filter((result) => !result.green).map((result) => result.name);
    tell(!allowed && red.length === 1 && red[0] === name, `${what} is refused by "${name}"`);
  };
  const automatic = { isAutomatic: true };
  tell(checkExecution(green).allowed, 'with every gate green an approved action passes');
  tell(checkExecution({ ...green, ...automatic }).allowed, 'with every gate green an allowed automatic action passes');
  refusedBy('gate', 'an unsigned document', { gate: gateWith([]) });
  refusedBy('gate', 'a document that only one signed', { gate: gateWith([owner]) });
  refusedBy('gate', 'one person signing twice', { gate: gateWith([owner, { ...cto, operatorId: 'owner' }]) });
  refusedBy('gate', 'an edited document', { gate: gateWith([owner, cto], 'cd'.repeat(32)) });
  refusedBy('gate', 'a document that cannot be read', { gate: gateWith([owner, cto], null) });
  refusedBy('gate', 'a revoked signature', { gate: gateWith([owner, { ...cto, revokedAt: now, revokedBy: 'x' }]) });
  refusedBy('gate', 'a forged signature', { gate: gateWith([owner, { ...cto, signature: owner.signature }]) });
  refusedBy('emergency_stop', 'the emergency stop', { isStopped: true });
  refusedBy('executor', 'a missing executor', { executorConfigured: false });
  refusedBy('policies_loaded', 'an engine without policies', { policiesLoaded: 0 });
  refusedBy('policy_verdict', 'what a policy forbids', { verdict: { ...green.verdict, outcome: 'forbidden' } });
  refusedBy('approvals', 'what nobody approved', { approvals: [] });
  refusedBy('breaker', 'an open circuit breaker', { breaker: { failures: 2, openedAt: now, because: 'x' } });
  refusedBy('rollback_known', 'an action without a way back', { actionType: 'open_ticket' });
  refusedBy('self_test', 'an old self-test', { selfTest: { at: now - 25 * 3_600_000, passed: true } });
  refusedBy('opted_in', 'a tenant that did not opt in', { ...automatic, optedIn: false });
  refusedBy('allow_list', 'an action type that is not allowed', { ...automatic, allowedTypes: [] });
  refusedBy('policy_automatic', 'what the policies want a person for', {
    ...automatic,
    verdict: { ...green.verdict, automatic: false },
  });
  refusedBy('rollout_stage', 'more entities than the stage allows', { ...automatic, touchedShare: 0.2 });
  return { passed, lines };
}
