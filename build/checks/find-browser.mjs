import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { attemptMemory } from '../launch/attempt-memory.mjs';
import { runDownload } from '../launch/download.mjs';
import { findOnPath } from '../launch/open-browser.mjs';
import { say } from '../launch/project.mjs';

const systemNames = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];
const macApplications = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];
const stallMilliseconds = 20_000;

/** @typedef {{ ok: true, path: string } | { ok: false, reason: string }} BrowserOutcome */

/**
 * The Chromium that the end-to-end tests drive, if one is here and runs: PEDKAI_CHROMIUM, Playwright's own, the system's.
 * @param {string} root the project's folder
 * @param {import('../launch/npm.mjs').Environment} [env]
 * @returns {BrowserOutcome}
 */
export function findBrowser(root, env = process.env) {
  const { PEDKAI_CHROMIUM: named } = env;
  if (named) {
    return runs(named)
      ? { ok: true, path: named }
      : { ok: false, reason: `PEDKAI_CHROMIUM names ${named}, which does not run` };
  }
  const path = findPlaywrightBrowser(root) ?? findSystemBrowser(env);
  return path === null ? { ok: false, reason: 'there is no Chromium that runs' } : { ok: true, path };
}

/**
 * Like {@link findBrowser}, but gets one if there is none: Playwright's own by its usual download, else the one that the
 * system's packages offer.
 * @param {string} root the project's folder
 * @param {string} runtime the Node to download with
 * @returns {Promise<BrowserOutcome>}
 */
export async function ensureBrowser(root, runtime) {
  if (process.env.PEDKAI_CHROMIUM || findPlaywrightBrowser(root) !== null) return findBrowser(root);
  await downloadPlaywrightBrowser(root, runtime);
  const found = findBrowser(root);
  if (found.ok || !installSystemBrowser()) return found;
  return findBrowser(root);
}

/**
 * @param {string} root
 * @returns {string | null}
 */
function findPlaywrightBrowser(root) {
  try {
    const { chromium } = createRequire(join(root, 'package.json'))('playwright-core');
    /** @type {string} */
    const path = chromium.executablePath();
    return existsSync(path) && runs(path) ? path : null;
  } catch {
    // Without the packages there is no Playwright to have a browser.
    return null;
  }
}

/**
 * @param {import('../launch/npm.mjs').Environment} env
 * @returns {string | null}
 */
function findSystemBrowser(env) {
  const candidates = [...systemNames.map((name) => findOnPath(name, env)), ...macApplications];
  return candidates.find((path) => path !== null && existsSync(path) && runs(path)) ?? null;
}

/** @param {string} executable */
function runs(executable) {
  return spawnSync(executable, ['--version'], { stdio: 'ignore', timeout: 30_000 }).status === 0;
}

/**
 * @param {string} root
 * @param {string} runtime
 */
async function downloadPlaywrightBrowser(root, runtime) {
  const memory = attemptMemory(root, 'playwright-chromium');
  if (memory.recentFailure(Date.now()) !== null) return;
  say("fetching Playwright's Chromium, once");
  const failure = await runDownload({
    root,
    command: runtime,
    args: [join(root, 'node_modules', 'playwright', 'cli.js'), 'install', '--no-shell', 'chromium'],
    growing: [],
    stallMilliseconds,
    onProgress: (mebibytes) => say(`fetching Playwright's Chromium: ${mebibytes} MiB`),
  });
  if (failure === null) {
    memory.forget();
    return;
  }
  say(`Playwright's Chromium could not be fetched (${failure}); looking for the system's`);
  memory.rememberFailure(failure, Date.now());
}

/**
 * Debian and its kin have Chromium among their packages.
 * @returns {boolean} whether it was installed
 */
function installSystemBrowser() {
  const aptGet = findOnPath('apt-get');
  if (aptGet === null) return false;
  const isRoot = process.getuid?.() === 0;
  const sudo = isRoot ? null : findOnPath('sudo');
  if (!isRoot && sudo === null) return false;

  say("installing the system's Chromium (apt-get install chromium)");
  // Without -n, sudo would wait for a password that nobody is there to type.
  const prefix = sudo === null ? [] : [sudo, '-n'];
  const quiet = ['-qq', '-o', 'Dpkg::Use-Pty=0'];
  return [
    ['update', ...quiet],
    ['install', ...quiet, '-y', '--no-install-recommends', 'chromium'],
  ].every((args) => {
    const [command, ...rest] = [...prefix, 'env', 'DEBIAN_FRONTEND=noninteractive', aptGet, ...args];
    return command !== undefined && spawnSync(command, rest, { stdio: ['ignore', 2, 2] }).status === 0;
  });
}
