import { spawnSync } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { PlainFailure } from './project.mjs';

/** Oldest major version of Node that the engine runs on: it strips types and offers the Node-API that better-sqlite3 needs. */
export const oldestNode = 24;

/**
 * @param {string} version as in `process.version`
 * @returns {boolean}
 */
export function isNewEnough(version) {
  const major = /^v?(\d+)\./.exec(version.trim())?.[1];
  return major !== undefined && Number(major) >= oldestNode;
}

/**
 * The Node that the engine, the tests and the build run under: the one that the packages bring, else the one that runs
 * this launcher, if it is new enough.
 * @param {string} root the project's folder
 * @param {{ execPath: string, version: string }} [current] the Node that runs this launcher
 * @returns {string | null} path of an executable; null when there is none
 */
export function findRuntime(root, current = process) {
  const brought =
    process.platform === 'win32'
      ? join(root, 'node_modules', 'node', 'bin', 'node.exe')
      : join(root, 'node_modules', '.bin', 'node');
  if (existsSync(brought)) {
    const isCurrent = realpathSync(brought) === realpathSync(current.execPath);
    const version = isCurrent ? current.version : versionOf(brought);
    if (version !== null && isNewEnough(version)) return brought;
  }
  return isNewEnough(current.version) ? current.execPath : null;
}

/**
 * Like {@link findRuntime}, for callers that cannot go on without it.
 * @param {string} root the project's folder
 * @returns {string}
 * @throws {PlainFailure} when there is no Node that is new enough
 */
export function requireRuntime(root) {
  const runtime = findRuntime(root);
  if (runtime !== null) return runtime;
  throw new PlainFailure(
    `Node ${oldestNode} or newer is needed and the packages did not bring it (this is ${process.version}); ` +
      'allow the install script of the package "node" and run: npm rebuild node',
  );
}

/**
 * @param {string} executable
 * @returns {string | null} null when it cannot be run
 */
function versionOf(executable) {
  const { status, stdout } = spawnSync(executable, ['--version'], { encoding: 'utf8', timeout: 20_000 });
  return status === 0 ? stdout : null;
}
