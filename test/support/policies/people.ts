import { sign } from 'node:crypto';
import type { DecidingActor } from '#engine/actions/commands/decide-command.ts';
import { type AdrSignature, type SignedStatement, statementBytes } from '#engine/gate/signatures.ts';
import { type Credentials, makeCredentials, openCredentials } from '#engine/people/passphrases.ts';
import type { Role } from '#shared/vocabulary/actions.ts';

/** A person of a test with a real key. */
export interface TestPerson {
  readonly actor: DecidingActor;
  readonly credentials: Credentials;
  sign(statement: Omit<SignedStatement, 'operatorId'>): Omit<AdrSignature, 'signatureId'>;
}

/** So little work that a test can afford it; the figures that matter are those of the engine. */
export const cheapCost = { n: 2, r: 1, p: 1 };
export const passphrase = 'correct horse battery';

export async function testPerson(name: string, roles: readonly Role[]): Promise<TestPerson> {
  const credentials = await makeCredentials(passphrase, cheapCost);
  const key = await openCredentials(passphrase, credentials);
  if (key === null) throw new Error('The key did not open.');
  const actor: DecidingActor = { kind: 'person', id: `id-${name}`, name, roles };
  return {
    actor,
    credentials,
    sign(fields) {
      const statement = { ...fields, operatorId: actor.id };
      return {
        ...statement,
        name,
        signature: sign(null, statementBytes(statement), key).toString('base64'),
        publicKey: credentials.public_key,
        revokedAt: null,
        revokedBy: null,
      };
    },
  };
}
