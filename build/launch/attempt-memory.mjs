import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { cacheFolder } from './project.mjs';

const rememberedForMilliseconds = 24 * 60 * 60_000;

/**
 * Remembers for a day that a download failed, so that every start without a network is not slowed down by trying again.
 * @param {string} root the project's folder
 * @param {string} what a file name for the thing that was tried, its version included
 */
export function attemptMemory(root, what) {
  const file = join(root, cacheFolder, `${what}.failed.json`);
  return {
    /**
     * @param {number} now milliseconds since 1970
     * @returns {string | null} why it failed less than a day ago; null when it is worth a try
     */
    recentFailure(now) {
      try {
        const { at, reason } = JSON.parse(readFileSync(file, 'utf8'));
        const age = now - Number(at);
        return age >= 0 && age < rememberedForMilliseconds && typeof reason === 'string' ? reason : null;
      } catch {
        return null;
      }
    },
    /**
     * @param {string} reason
     * @param {number} now milliseconds since 1970
     */
    rememberFailure(reason, now) {
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, JSON.stringify({ at: now, reason }));
    },
    forget() {
      rmSync(file, { force: true });
    },
  };
}
