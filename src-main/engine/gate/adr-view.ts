import type { Adr } from '#shared/api/adr.ts';
import { toTimestamp } from '#shared/vocabulary/time.ts';
import { catalogue } from '../actions/catalogue.ts';
import type { PolicyShelf } from '../policies/policy-shelf.ts';
import type { ReadUnit } from '../store/database.ts';
import type { AdrDocument } from './adr-document.ts';
import { adrId, adrOptionSchema, adrOptions } from './adr-options.ts';
import { selfTestMilliseconds } from './execution-checks.ts';
import { type GateState, gateStateOf } from './gate-state.ts';
import { gateFactsOf, gateOf } from './gate-store.ts';
import { isGenuine } from './signatures.ts';

export interface AdrViewOptions {
  readonly document: AdrDocument | null;
  readonly shelf: PolicyShelf;
  /** Name of the configured executor; null: none. */
  readonly executor: string | null;
  readonly now: number;
}

/** ADR-001 as a tenant's people see it: the document, who signed, what is in force and which gates are open. */
export function adrView(unit: ReadUnit, tenantId: string, { document, shelf, executor, now }: AdrViewOptions): Adr {
  const gate = gateOf(unit.orm, tenantId);
  const facts = gateFactsOf(unit.orm, tenantId, document?.hash ?? null, gate);
  const state = gateStateOf(facts);
  const loaded = shelf.of(tenantId);
  const stopped =
    gate.isStopped && gate.stoppedAt !== null ? { at: toTimestamp(gate.stoppedAt), by: gate.stoppedBy ?? '' } : null;
  const isTested =
    gate.selfTestAt !== null && gate.selfTestPassed === true && now - gate.selfTestAt < selfTestMilliseconds;
  const light = (name: string, title: string, green: boolean, good: string, bad: string) => ({
    name,
    title,
    green,
    because: green ? good : bad,
  });
  return {
    adr_id: adrId,
    title: document?.text.split('\n', 1)[0]?.replace(/^#\s*/, '') ?? adrId,
    text: document?.text ?? '',
    document_hash: document?.hash ?? null,
    chosen: gate.chosen,
    in_force: state.inForce,
    state: stateInWords(state, facts.signatures.length > 0, stopped !== null),
    conditions: [...state.conditions],
    signatures: facts.signatures.map((signature) => ({
      signature_id: signature.signatureId,
      option: signature.option,
      role: signature.role,
      name: signature.name,
      signed_at: toTimestamp(signature.signedAt),
      document_hash: signature.documentHash,
      valid:
        signature.revokedAt === null &&
        signature.documentHash === facts.documentHash &&
        facts.knownKeys.get(signature.operatorId) === signature.publicKey &&
        isGenuine(signature),
      revoked_at: signature.revokedAt === null ? null : toTimestamp(signature.revokedAt),
      revoked_by: signature.revokedBy,
    })),
    options: adrOptionSchema.options.map((option) => ({
      option,
      title: adrOptions[option].title,
      choosable: adrOptions[option].choosable,
      unlocks: [...adrOptions[option].unlocks],
    })),
    stopped,
    executor,
    autonomy: { opted_in: gate.isAutomatic, allowed_types: [...gate.allowedTypes], rollout_share: gate.rolloutShare },
    self_test:
      gate.selfTestAt === null || gate.selfTestPassed === null
        ? null
        : { at: toTimestamp(gate.selfTestAt), passed: gate.selfTestPassed },
    gates: [
      light(
        'gate',
        'ADR-001 allows execution',
        adrOptions[state.inForce].executesApproved,
        'Option B is in force.',
        'Option A: advisory only.',
      ),
      light('emergency_stop', 'Emergency stop', stopped === null, 'Not set.', `Set by ${stopped?.by ?? ''}.`),
      light('executor', 'Executor', executor !== null, `${executor} is configured.`, 'None is configured.'),
      light(
        'policies_loaded',
        'Policies loaded',
        loaded.policies.length > 0 && loaded.broken.length === 0,
        `${loaded.policies.length} in force.`,
        loaded.broken[0] ?? 'No policy is loaded.',
      ),
      light('self_test', 'Safety self-test', isTested, 'Passed within 24 hours.', 'Not passed within 24 hours.'),
      light(
        'opted_in',
        'Automatic execution',
        gate.isAutomatic,
        `Opted in for ${gate.allowedTypes.length} action types.`,
        'The tenant has not opted in.',
      ),
    ],
    remote_types: catalogue.filter(({ isRemote }) => isRemote).map(({ type }) => type),
  };
}

/** The words of the top bar. */
function stateInWords(state: GateState, wasSigned: boolean, isStopped: boolean): string {
  if (isStopped) return 'Emergency stop set';
  if (state.inForce === 'B') return 'B: execution, signed';
  return wasSigned ? 'A: advisory, signature void or incomplete' : 'A: advisory, unsigned';
}
