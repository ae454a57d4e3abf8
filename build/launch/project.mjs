/** Plain JavaScript on purpose, like everything in this folder: it runs under the system's Node 20 with nothing installed. */
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Absolute path of the project that these launchers belong to. */
export const projectRoot = resolve(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** Folder for what the launchers remember between runs; it may be deleted at any time. */
export const cacheFolder = '.cache';

/**
 * Tells the person at the terminal what is going on; on stderr, because stdout belongs to results.
 * @param {string} text one line
 */
export function say(text) {
  process.stderr.write(`pedkai: ${text}\n`);
}

/** A failure that is explained by its message alone; the launchers print it without a stack and exit 1. */
export class PlainFailure extends Error {
  /** @override */
  name = 'PlainFailure';
}

/**
 * Runs a launcher and exits with the code that it answers.
 * @param {() => Promise<number>} launcher
 * @returns {Promise<never>}
 */
export async function exitWith(launcher) {
  try {
    return process.exit(await launcher());
  } catch (error) {
    if (!(error instanceof PlainFailure)) throw error;
    say(error.message);
    return process.exit(1);
  }
}
