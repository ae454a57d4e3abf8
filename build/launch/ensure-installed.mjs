import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { exclusively } from './exclusively.mjs';
import { nestedNpmEnvironment, npmCommand } from './npm.mjs';
import { cacheFolder, PlainFailure, say } from './project.mjs';

const reminderMilliseconds = 15_000;

/**
 * @typedef {{ version?: string, optional?: boolean, devOptional?: boolean, link?: boolean, resolved?: string }} LockedPackage
 * @typedef {{ packages: Record<string, LockedPackage & { dependencies?: object, devDependencies?: object }> }} Lock
 */

/**
 * Whether node_modules holds what package-lock.json asks for. npm keeps its own record of what it installed and writes it
 * last, so that a broken-off installation counts as none. Packages for other platforms may be absent.
 * @param {string} root the project's folder
 * @returns {boolean}
 */
export function isInstalled(root) {
  const wanted = readLock(join(root, 'package-lock.json'));
  const present = readLock(join(root, 'node_modules', '.package-lock.json'));
  if (present === null) return false;
  if (wanted === null) return true;
  return Object.entries(wanted.packages).every(([path, entry]) => {
    if (path === '' || entry.link) return true;
    const found = present.packages[path];
    if (found === undefined) return entry.optional === true || entry.devOptional === true;
    return found.version === entry.version;
  });
}

/**
 * Installs the packages if they are not what package-lock.json asks for; shows what it does on stderr.
 * Electron's runtime is no part of this: its package fetches it later, if it can.
 * @param {string} root the project's folder
 * @param {import('./npm.mjs').Environment} [env]
 * @returns {Promise<boolean>} whether anything had to be installed
 * @throws {PlainFailure} when npm fails
 */
export async function ensureInstalled(root, env = process.env) {
  if (isInstalled(root)) return false;
  await exclusively(
    join(root, cacheFolder, 'install.lock'),
    async () => {
      if (!isInstalled(root)) await install(root, env);
    },
    () => say('another start is installing the packages; waiting for it'),
  );
  return true;
}

/**
 * @param {string} root
 * @param {import('./npm.mjs').Environment} env
 */
async function install(root, env) {
  const kind = canInstallFromLock(root) ? 'ci' : 'install';
  say(`installing the packages (npm ${kind}); this takes a minute or two, once`);
  const started = Date.now();
  const reminder = setInterval(() => {
    say(`still installing (${Math.round((Date.now() - started) / 1000)} s)`);
  }, reminderMilliseconds);
  try {
    const { command, args, shell } = npmCommand(env);
    const flags = [kind, '--include=dev', '--include=optional', '--no-audit', '--no-fund', '--loglevel=error'];
    const code = await new Promise((resolve, reject) => {
      const npm = spawn(command, [...args, ...flags], {
        cwd: root,
        env: nestedNpmEnvironment(env),
        shell,
        // npm's own report belongs with the progress, not with anybody's result.
        stdio: ['ignore', 2, 2],
      });
      npm.once('error', (error) => reject(new PlainFailure(`npm cannot be run: ${error.message}`)));
      npm.once('exit', resolve);
    });
    if (code !== 0) throw new PlainFailure(`npm ${kind} failed (exit code ${code}); what it said stands above`);
    say(`packages installed in ${Math.round((Date.now() - started) / 1000)} s`);
  } finally {
    clearInterval(reminder);
  }
}

/**
 * `npm ci` refuses a lock file that does not match package.json.
 * @param {string} root
 * @returns {boolean}
 */
function canInstallFromLock(root) {
  const locked = readLock(join(root, 'package-lock.json'))?.packages[''];
  if (locked === undefined) return false;
  const asked = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  return (
    sameEntries(locked.dependencies, asked.dependencies) && sameEntries(locked.devDependencies, asked.devDependencies)
  );
}

/**
 * @param {object} [left]
 * @param {object} [right]
 */
function sameEntries(left = {}, right = {}) {
  const sorted = [left, right].map((entries) => JSON.stringify(Object.entries(entries).sort()));
  return sorted[0] === sorted[1];
}

/**
 * @param {string} file
 * @returns {Lock | null} null when there is none or it cannot be read as one
 */
function readLock(file) {
  if (!existsSync(file)) return null;
  try {
    const lock = JSON.parse(readFileSync(file, 'utf8'));
    return typeof lock?.packages === 'object' && lock.packages !== null ? lock : null;
  } catch {
    return null;
  }
}
