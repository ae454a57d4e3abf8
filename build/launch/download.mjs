import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder } from './project.mjs';

const checkMilliseconds = 1_000;

/**
 * @typedef {object} Download
 * @property {string} root the project's folder
 * @property {string} command
 * @property {readonly string[]} args
 * @property {readonly string[]} growing folders that grow while it makes progress, besides its temporary folder
 * @property {number} stallMilliseconds stopped when nothing grew for so long
 * @property {(mebibytes: number) => void} [onProgress]
 */

/**
 * Runs a program that downloads something, and stops it once it no longer gets anywhere: how long a download may take
 * depends on the line, but one that brings nothing for a while will not come.
 * @param {Download} download
 * @returns {Promise<string | null>} null when it succeeded, else the last line that it said
 */
export async function runDownload({ root, command, args, growing, stallMilliseconds, onProgress }) {
  mkdirSync(join(root, cacheFolder), { recursive: true });
  const temporary = mkdtempSync(join(root, cacheFolder, 'download-'));
  const child = spawn(command, [...args], {
    cwd: root,
    env: { ...process.env, TMPDIR: temporary, TEMP: temporary, TMP: temporary },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => {
      said = (said + text).slice(-4_000);
    });
  }
  let size = -1;
  let lastGrowth = Date.now();
  let hasStalled = false;
  const watch = setInterval(() => {
    const sizeNow = [temporary, ...growing].reduce((sum, folder) => sum + sizeOf(folder), 0);
    if (sizeNow !== size) {
      if (size >= 0) onProgress?.(Math.round(sizeNow / 1_048_576));
      size = sizeNow;
      lastGrowth = Date.now();
    } else if (Date.now() - lastGrowth > stallMilliseconds) {
      hasStalled = true;
      child.kill('SIGKILL');
    }
  }, checkMilliseconds);
  try {
    /** @type {number | null} */
    const code = await new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('close', resolve);
    });
    if (code === 0) return null;
    return hasStalled ? `nothing arrived for ${stallMilliseconds / 1000} s` : explanationIn(said);
  } finally {
    clearInterval(watch);
    rmSync(temporary, { recursive: true, force: true });
  }
}

/**
 * The most telling line of a failed download: the one that names the network's error, else the first error.
 * @param {string} said
 */
function explanationIn(said) {
  const lines = said.split('\n').map((line) => line.trim());
  const telling = lines.find((line) => /\b(ENOTFOUND|ECONN\w+|EAI_AGAIN|ETIMEDOUT|\d{3} [A-Z])/.test(line));
  const line = telling ?? lines.find((text) => /error/i.test(text)) ?? 'the download failed without a message';
  return line.replace(/^(?:\w*Error: )+/, '');
}

/**
 * @param {string} folder
 * @returns {number} bytes below it; 0 when it is not there
 */
function sizeOf(folder) {
  try {
    return readdirSync(folder, { withFileTypes: true }).reduce((sum, entry) => {
      const path = join(folder, entry.name);
      return sum + (entry.isDirectory() ? sizeOf(path) : statSync(path).size);
    }, 0);
  } catch {
    // A file that was moved away between listing and looking is no reason to fail.
    return 0;
  }
}
