import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createPrivateKey,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
  scrypt,
  timingSafeEqual,
} from 'node:crypto';
import { z } from 'zod';

/** Work factors of scrypt (RFC 7914). */
export interface ScryptCost {
  /** A power of two; memory is 128 · n · r bytes. */
  readonly n: number;
  readonly r: number;
  readonly p: number;
}

/** OWASP's first recommendation for scrypt: 128 MiB, some tenths of a second. */
export const usualCost: ScryptCost = { n: 2 ** 17, r: 8, p: 1 };

/** What is kept of a passphrase and of the key that it opens. Neither can be read back without the passphrase. */
export const credentialsSchema = z.object({
  n: z.int(),
  r: z.int(),
  p: z.int(),
  salt: z.string(),
  verifier: z.string(),
  /** Ed25519, SPKI DER, base64. */
  public_key: z.string(),
  /** Ed25519, PKCS #8 DER, sealed with AES-256-GCM: nonce, tag, text; base64. */
  sealed_private_key: z.string(),
});
export type Credentials = z.infer<typeof credentialsSchema>;

/** NIST SP 800-63B §3.1.1.2: length matters, not the kinds of characters. */
export const passphraseSchema = z.string().min(12, 'must have at least 12 characters').max(1_024);

const nonceBytes = 12;
const tagBytes = 16;

/** Half of what is derived proves the passphrase, the other half opens the private key. */
async function derive(passphrase: string, salt: Buffer, cost: ScryptCost): Promise<{ proof: Buffer; key: Buffer }> {
  const derived = await new Promise<Buffer>((resolve, reject) => {
    const options = { N: cost.n, r: cost.r, p: cost.p, maxmem: 1_048_576 + 256 * cost.n * cost.r };
    scrypt(passphrase.normalize('NFKC'), salt, 64, options, (error, result) =>
      error === null ? resolve(result) : reject(error),
    );
  });
  return { proof: derived.subarray(0, 32), key: derived.subarray(32) };
}

const verifierOf = (proof: Buffer) => createHash('sha256').update(proof).digest();

/** Makes what is to be kept for a new passphrase, with a new key pair for signing. */
export async function makeCredentials(passphrase: string, cost: ScryptCost = usualCost): Promise<Credentials> {
  const salt = randomBytes(16);
  const { proof, key } = await derive(passphrase, salt, cost);
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  const text = Buffer.concat([cipher.update(privateKey.export({ type: 'pkcs8', format: 'der' })), cipher.final()]);
  return {
    ...cost,
    salt: salt.toString('base64'),
    verifier: verifierOf(proof).toString('base64'),
    public_key: publicKey.export({ type: 'spki', format: 'der' }).toString('base64'),
    sealed_private_key: Buffer.concat([nonce, cipher.getAuthTag(), text]).toString('base64'),
  };
}

/** The person's private key when the passphrase is right, else null. Takes as long either way. */
export async function openCredentials(passphrase: string, kept: Credentials): Promise<KeyObject | null> {
  const { proof, key } = await derive(passphrase, Buffer.from(kept.salt, 'base64'), kept);
  if (!timingSafeEqual(verifierOf(proof), Buffer.from(kept.verifier, 'base64'))) return null;
  const sealed = Buffer.from(kept.sealed_private_key, 'base64');
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, nonceBytes));
  decipher.setAuthTag(sealed.subarray(nonceBytes, nonceBytes + tagBytes));
  const der = Buffer.concat([decipher.update(sealed.subarray(nonceBytes + tagBytes)), decipher.final()]);
  return createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
}
