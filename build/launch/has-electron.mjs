import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { attemptMemory } from './attempt-memory.mjs';
import { runDownload } from './download.mjs';
import { say } from './project.mjs';

const stallMilliseconds = 20_000;

/** @typedef {{ ok: true, path: string } | { ok: false, reason: string }} ElectronOutcome */

/**
 * Whether Electron's runtime is here and runs. Since Electron 42 its package brings the runtime at first use only.
 * ELECTRON_EXEC_PATH (as for electron-vite) and ELECTRON_OVERRIDE_DIST_PATH (as for Electron) name one from elsewhere.
 * @param {string} root the project's folder
 * @param {import('./npm.mjs').Environment} [env]
 * @returns {ElectronOutcome}
 */
export function findElectron(root, env = process.env) {
  const path = electronPath(root, env);
  if (path === null || !existsSync(path)) return { ok: false, reason: "Electron's runtime is not installed" };
  const { status, error, stderr } = spawnSync(path, ['--version'], {
    encoding: 'utf8',
    timeout: 20_000,
    env: { ...env, ELECTRON_RUN_AS_NODE: '1' },
  });
  if (status === 0) return { ok: true, path };
  const said = stderr?.trim().split('\n')[0];
  return {
    ok: false,
    reason: `Electron's runtime does not run here (${error?.message ?? (said || `exit ${status}`)})`,
  };
}

/**
 * Like {@link findElectron}, but fetches a missing runtime first. A failure is remembered for a day.
 * @param {string} root the project's folder
 * @param {string} runtime the Node to fetch with
 * @param {number} [now] milliseconds since 1970
 * @returns {Promise<ElectronOutcome>}
 */
export async function ensureElectron(root, runtime, now = Date.now()) {
  const found = findElectron(root);
  const path = electronPath(root, process.env);
  if (found.ok || (path !== null && existsSync(path))) return found;

  const installer = join(root, 'node_modules', 'electron', 'install.js');
  const version = electronVersion(root);
  if (version === null || !existsSync(installer)) return { ok: false, reason: 'the package electron is not installed' };
  const memory = attemptMemory(root, `electron-${version}`);
  const known = memory.recentFailure(now);
  if (known !== null) return { ok: false, reason: known };

  say("fetching Electron's runtime, once");
  const failure = await runDownload({
    root,
    command: runtime,
    args: [installer],
    growing: [join(root, 'node_modules', 'electron', 'dist')],
    stallMilliseconds,
    onProgress: (mebibytes) => say(`fetching Electron's runtime: ${mebibytes} MiB`),
  });
  if (failure === null) {
    memory.forget();
    return findElectron(root);
  }
  const reason = `Electron's runtime could not be fetched (${failure})`;
  memory.rememberFailure(reason, now);
  return { ok: false, reason };
}

/**
 * @param {string} root
 * @param {import('./npm.mjs').Environment} env
 * @returns {string | null} null when nothing says where it would be
 */
function electronPath(root, env) {
  const { ELECTRON_EXEC_PATH: executable, ELECTRON_OVERRIDE_DIST_PATH: folder } = env;
  if (executable) return executable;
  const pathFile = join(root, 'node_modules', 'electron', 'path.txt');
  const name = existsSync(pathFile) ? readFileSync(pathFile, 'utf8').trim() : null;
  if (folder) return join(folder, name ?? 'electron');
  return name === null ? null : join(root, 'node_modules', 'electron', 'dist', name);
}

/**
 * @param {string} root
 * @returns {string | null}
 */
function electronVersion(root) {
  try {
    return String(JSON.parse(readFileSync(join(root, 'node_modules', 'electron', 'package.json'), 'utf8')).version);
  } catch {
    return null;
  }
}
