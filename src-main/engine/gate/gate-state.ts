import type { AdrOption } from './adr-options.ts';
import { type AdrSignature, isGenuine, type SigningRole, signingRoles } from './signatures.ts';

/** What is known of the gate of one tenant. */
export interface GateFacts {
  /** What was chosen to be signed; A until somebody chooses. */
  readonly chosen: AdrOption;
  readonly signatures: readonly AdrSignature[];
  /** Hash of the document as it is now; null when it cannot be read. */
  readonly documentHash: string | null;
  /** The public key that the engine knows for each person who may sign; a signature with another does not count. */
  readonly knownKeys: ReadonlyMap<string, string>;
}

/** One condition of the gate and whether it is met. */
export interface GateCondition {
  readonly name: GateConditionName;
  readonly met: boolean;
  readonly because: string;
}

export const gateConditionNames = [
  'product_owner_signed',
  'cto_signed',
  'two_people',
  'document_unchanged',
  'not_revoked',
  'signatures_genuine',
] as const;
export type GateConditionName = (typeof gateConditionNames)[number];

/** What the document lets the engine do at this moment. */
export interface GateState {
  /** The option in force: B only while every condition is met, else A. */
  readonly inForce: AdrOption;
  readonly conditions: readonly GateCondition[];
}

/** The newest signature of each role for the chosen option; older ones are history. */
export function newestOf(facts: GateFacts, role: SigningRole): AdrSignature | null {
  return facts.signatures
    .filter((signature) => signature.role === role && signature.option === facts.chosen)
    .reduce<AdrSignature | null>(
      (newest, signature) => (newest === null || signature.signedAt >= newest.signedAt ? signature : newest),
      null,
    );
}

/**
 * Derives the state of the gate: nothing is remembered, so that editing the document or revoking a signature takes
 * effect with the next question. `skip` leaves conditions out, which only tests do to show that each one matters.
 */
export function gateStateOf(facts: GateFacts, skip: ReadonlySet<GateConditionName> = new Set()): GateState {
  const newest = new Map(signingRoles.map((role) => [role, newestOf(facts, role)]));
  const signed = [...newest.values()].filter((signature) => signature !== null);
  const productOwner = newest.get('product_owner') ?? null;
  const cto = newest.get('cto') ?? null;
  const edited = signed.filter(({ documentHash }) => documentHash !== facts.documentHash);
  const revoked = signed.filter(({ revokedAt }) => revokedAt !== null);
  const forged = signed.filter(
    (signature) => !isGenuine(signature) || facts.knownKeys.get(signature.operatorId) !== signature.publicKey,
  );
  const names = (signatures: readonly AdrSignature[]) => signatures.map(({ name }) => name).join(', ');
  const say = (name: GateConditionName, met: boolean, good: string, bad: string): GateCondition => ({
    name,
    met,
    because: met ? good : bad,
  });

  const conditions = [
    say(
      'product_owner_signed',
      productOwner !== null,
      `Signed by the Product Owner, ${productOwner?.name}.`,
      'The Product Owner has not signed.',
    ),
    say('cto_signed', cto !== null, `Signed by the CTO, ${cto?.name}.`, 'The CTO has not signed.'),
    say(
      'two_people',
      productOwner === null || cto === null || productOwner.operatorId !== cto.operatorId,
      productOwner === null || cto === null ? 'Nobody signed twice.' : 'Two different people.',
      'Both signatures are by the same person.',
    ),
    say(
      'document_unchanged',
      edited.length === 0,
      signed.length === 0 ? 'Nothing is signed yet.' : 'The document is the one that was signed.',
      facts.documentHash === null
        ? 'The document cannot be read.'
        : `The document was edited after it was signed by ${names(edited)}.`,
    ),
    say(
      'not_revoked',
      revoked.length === 0,
      'No signature was revoked.',
      `Revoked: the signature of ${names(revoked)}.`,
    ),
    say(
      'signatures_genuine',
      forged.length === 0,
      signed.length === 0 ? 'Nothing is signed yet.' : 'The signatures were made with the keys of these people.',
      `Not made with the key of this person: ${names(forged)}.`,
    ),
  ];
  const isOpen = conditions.every(({ name, met }) => met || skip.has(name));
  return { inForce: isOpen ? facts.chosen : 'A', conditions };
}
