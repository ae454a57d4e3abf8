import { eq } from 'drizzle-orm';
import type { CoreResult } from '../../core/inputs.ts';
import { adrId, adrOptions } from '../../gate/adr-options.ts';
import { changeGate, gateOf, insertSignature, revokeSignatures, signaturesOf } from '../../gate/gate-store.ts';
import { isGenuine } from '../../gate/signatures.ts';
import { operators } from '../../people/people.schema.ts';
import { remedyOf } from '../catalogue.ts';
import type { DecideCommand } from './decide-command.ts';
import { audit, carriedOut, type DecideContext, refusedAndNoted } from './decide-context.ts';
import { holdBackAll } from './execution-commands.ts';

/** Chooses the option that is to be signed. Choosing anything but what is signed puts the engine back to A at once. */
export function chooseOption(
  { option, reason }: Extract<DecideCommand, { name: 'adr.choose' }>,
  context: DecideContext,
): CoreResult {
  if (!adrOptions[option].choosable)
    return refusedAndNoted(
      context,
      'adr.choose',
      adrId,
      'CONFLICT',
      `Option ${option} can be read, but not chosen here.`,
    );
  const before = gateOf(context.unit.orm, context.tenantId).chosen;
  if (before === option) return carriedOut(adrId);
  changeGate(context.unit.orm, context.tenantId, { chosen: option });
  const held = adrOptions[option].executesApproved ? 0 : holdBackAll(context, `Option ${option} was chosen.`);
  audit(context, 'adr.chosen', adrId, reason, { from: before, to: option, held_back: held });
  return carriedOut(adrId);
}

/** Takes a person's signature under the document as it is now. */
export function signAdr(
  { signature, documentHash }: Extract<DecideCommand, { name: 'adr.sign' }>,
  context: DecideContext,
): CoreResult {
  const why = whyNotSign(signature, documentHash, context);
  if (why !== null) return refusedAndNoted(context, 'adr.sign', adrId, 'CONFLICT', why);
  insertSignature(context.unit.orm, signature);
  audit(context, 'adr.signed', adrId, `Signed as ${signature.role.replace('_', ' ')}.`, {
    signature_id: signature.signatureId,
    option: signature.option,
    role: signature.role,
    document_hash: signature.documentHash,
  });
  return carriedOut(adrId);
}

function whyNotSign(
  signature: Extract<DecideCommand, { name: 'adr.sign' }>['signature'],
  documentHash: string | null,
  { unit, tenantId, actor }: DecideContext,
): string | null {
  const { orm } = unit;
  if (actor.kind !== 'person' || actor.id !== signature.operatorId || signature.tenantId !== tenantId)
    return 'Only a person who is signed in can sign, and only for themselves.';
  if (!actor.roles.includes(signature.role))
    return `${actor.name} does not hold the role ${signature.role.replace('_', ' ')}.`;
  if (signature.adrId !== adrId || signature.option !== gateOf(orm, tenantId).chosen)
    return 'What was signed is not the option that is chosen.';
  if (!adrOptions[signature.option].executesApproved) return 'Option A needs no signature: it holds until B is signed.';
  if (documentHash === null || signature.documentHash !== documentHash)
    return 'The document is not the one that was signed: it was edited meanwhile.';
  const person = orm.select().from(operators).where(eq(operators.operatorId, signature.operatorId)).get();
  if (person === undefined || person.disabledAt !== null || person.credentials.public_key !== signature.publicKey)
    return 'The signature was not made with the key of this person.';
  if (!isGenuine(signature)) return 'The signature does not fit what was signed.';
  const standing = signaturesOf(orm, tenantId).filter(
    ({ revokedAt, documentHash: hash, option }) =>
      revokedAt === null && hash === documentHash && option === signature.option,
  );
  if (standing.some(({ operatorId, role }) => operatorId === signature.operatorId && role !== signature.role))
    return 'Two different people must sign; you have signed already.';
  return null;
}

/** Revokes every signature. Takes effect with this commit: what waits is held back. */
export function revokeAdr(
  { reason }: Extract<DecideCommand, { name: 'adr.revoke' }>,
  context: DecideContext,
): CoreResult {
  const { unit, tenantId, actor, now } = context;
  const revoked = revokeSignatures(unit.orm, tenantId, actor.name, now);
  const held = holdBackAll(context, 'The signatures under ADR-001 were revoked.');
  if (revoked > 0 || held > 0) audit(context, 'adr.revoked', adrId, reason, { signatures: revoked, held_back: held });
  return carriedOut(adrId);
}

/** Halts everything: what waits is held back, and nothing more is let through until it is released. */
export function stopEverything(
  { reason }: Extract<DecideCommand, { name: 'gate.stop' }>,
  context: DecideContext,
): CoreResult {
  const { unit, tenantId, actor, now } = context;
  const held = holdBackAll(context, 'The emergency stop is set.');
  if (gateOf(unit.orm, tenantId).isStopped && held === 0) return carriedOut(tenantId);
  changeGate(unit.orm, tenantId, { isStopped: true, stoppedAt: now, stoppedBy: actor.name });
  audit(context, 'gate.stopped', tenantId, reason, { held_back: held });
  return carriedOut(tenantId);
}

export function releaseStop(
  { reason }: Extract<DecideCommand, { name: 'gate.release' }>,
  context: DecideContext,
): CoreResult {
  const { unit, tenantId } = context;
  if (!gateOf(unit.orm, tenantId).isStopped) return carriedOut(tenantId);
  changeGate(unit.orm, tenantId, { isStopped: false, stoppedAt: null, stoppedBy: null });
  audit(context, 'gate.released', tenantId, reason);
  return carriedOut(tenantId);
}

/** Sets what the tenant lets run by itself once option B is in force. */
export function setAutonomy(
  command: Extract<DecideCommand, { name: 'gate.autonomy' }>,
  context: DecideContext,
): CoreResult {
  const unknown = command.allowedTypes.find((type) => remedyOf(type)?.isRemote !== true);
  if (unknown !== undefined)
    return refusedAndNoted(
      context,
      'gate.autonomy',
      context.tenantId,
      'UNPROCESSABLE_CONTENT',
      `allowed_types: ${unknown} is not an action that an executor can do`,
    );
  const { optedIn, allowedTypes, rolloutShare, reason } = command;
  changeGate(context.unit.orm, context.tenantId, {
    isAutomatic: optedIn,
    allowedTypes: [...new Set(allowedTypes)],
    rolloutShare,
  });
  audit(context, 'gate.autonomy_set', context.tenantId, reason, {
    opted_in: optedIn,
    allowed_types: allowedTypes,
    rollout_share: rolloutShare,
  });
  return carriedOut(context.tenantId);
}

/** Notes the result of a safety self-test. */
export function noteSelfTest(
  { passed, report }: Extract<DecideCommand, { name: 'gate.self_test' }>,
  context: DecideContext,
): CoreResult {
  changeGate(context.unit.orm, context.tenantId, { selfTestAt: context.now, selfTestPassed: passed });
  audit(context, 'gate.self_tested', context.tenantId, passed ? 'Every check held.' : 'A check did not hold.', {
    report,
  });
  return carriedOut(context.tenantId);
}
