import { closeSync, mkdirSync, openSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

const pollMilliseconds = 200;
const abandonedAfterMilliseconds = 30 * 60_000;

/**
 * Does something while no other launcher does it: two starts at once must not install or build into the same folder.
 * A lock left by a process that is gone, or older than half an hour, counts for nothing.
 * @template T
 * @param {string} lockFile
 * @param {() => Promise<T>} work
 * @param {() => void} [onWait] called once if somebody else is at it
 * @returns {Promise<T>}
 */
export async function exclusively(lockFile, work, onWait) {
  mkdirSync(dirname(lockFile), { recursive: true });
  let waited = false;
  while (!take(lockFile)) {
    if (isAbandoned(lockFile)) {
      rmSync(lockFile, { force: true });
      continue;
    }
    if (!waited) onWait?.();
    waited = true;
    await delay(pollMilliseconds);
  }
  try {
    return await work();
  } finally {
    rmSync(lockFile, { force: true });
  }
}

/**
 * @param {string} lockFile
 * @returns {boolean} whether this process holds it now
 */
function take(lockFile) {
  try {
    const file = openSync(lockFile, 'wx');
    writeFileSync(file, String(process.pid));
    closeSync(file);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}

/**
 * @param {string} lockFile
 * @returns {boolean}
 */
function isAbandoned(lockFile) {
  try {
    const age = Date.now() - statSync(lockFile).mtimeMs;
    const holder = Number(readFileSync(lockFile, 'utf8'));
    if (age > abandonedAfterMilliseconds) return true;
    // Between creating the file and writing the number into it, the holder is unknown.
    return Number.isInteger(holder) && holder > 0 && !isAlive(holder);
  } catch {
    return false;
  }
}

/**
 * @param {number} pid
 * @returns {boolean}
 */
function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
