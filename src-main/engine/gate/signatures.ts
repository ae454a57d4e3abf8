import { createPublicKey, verify } from 'node:crypto';
import type { AdrOption } from './adr-options.ts';

/** The roles that have to sign. */
export const signingRoles = ['product_owner', 'cto'] as const;
export type SigningRole = (typeof signingRoles)[number];

/** What a person puts their name to. */
export interface SignedStatement {
  readonly tenantId: string;
  readonly adrId: string;
  readonly option: AdrOption;
  readonly role: SigningRole;
  readonly operatorId: string;
  /** SHA-256 of the document, hexadecimal. */
  readonly documentHash: string;
  /** Milliseconds since the epoch. */
  readonly signedAt: number;
}

/** A statement with its signature, as stored. */
export interface AdrSignature extends SignedStatement {
  readonly signatureId: string;
  /** The person's name when they signed. */
  readonly name: string;
  /** Ed25519 over `statementBytes`, base64. */
  readonly signature: string;
  /** The person's public key (SPKI DER, base64). */
  readonly publicKey: string;
  readonly revokedAt: number | null;
  readonly revokedBy: string | null;
}

/** The bytes that are signed: a JSON array, which cannot be read in two ways. */
export function statementBytes(statement: SignedStatement): Buffer {
  const { tenantId, adrId, option, role, operatorId, documentHash, signedAt } = statement;
  return Buffer.from(
    JSON.stringify(['pedkai-adr-signature-1', tenantId, adrId, option, role, operatorId, documentHash, signedAt]),
  );
}

/** Whether a stored signature was made with the private key that belongs to its public key (RFC 8032), over just this statement. */
export function isGenuine(signature: AdrSignature): boolean {
  try {
    const key = createPublicKey({ key: Buffer.from(signature.publicKey, 'base64'), format: 'der', type: 'spki' });
    return (
      key.asymmetricKeyType === 'ed25519' &&
      verify(null, statementBytes(signature), key, Buffer.from(signature.signature, 'base64'))
    );
  } catch {
    return false;
  }
}
