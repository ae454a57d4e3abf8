import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** A new token secret: 256 random bits, recognisable by its prefix in a leak scan. */
export function newSecret(): string {
  return `pdk_${randomBytes(32).toString('base64url')}`;
}

/** How a session's secret begins. */
export const sessionPrefix = 'pds_';

/** A new session secret: 256 random bits. */
export function newSessionSecret(): string {
  return `${sessionPrefix}${randomBytes(32).toString('base64url')}`;
}

/** What the store keeps of a secret. Secrets are random and long, so a plain hash is enough. */
export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

/** Compares two secrets without telling by its time where they differ. */
export function sameSecret(left: string, right: string): boolean {
  const leftHash = createHash('sha256').update(left).digest();
  const rightHash = createHash('sha256').update(right).digest();
  return timingSafeEqual(leftHash, rightHash);
}

/**
 * The key that opens this workstation's console in a browser: made once per data folder, readable by its owner only,
 * and kept, so that an open page finds the engine again after a restart.
 */
export function consoleKeyOf(dataFolder: string): string {
  const file = path.join(dataFolder, 'console.key');
  try {
    const key = readFileSync(file, 'utf8').trim();
    if (key.length >= 32) return key;
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
  }
  const key = randomBytes(32).toString('base64url');
  writeFileSync(file, `${key}\n`, { mode: 0o600 });
  chmodSync(file, 0o600);
  return key;
}
