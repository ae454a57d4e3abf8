import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { hasDisplay } from '../launch/has-display.mjs';
import { ensureElectron } from '../launch/has-electron.mjs';
import { findOnPath } from '../launch/open-browser.mjs';
import { cacheFolder } from '../launch/project.mjs';
import { countPlaywright, oneCheck } from './counts.mjs';
import { ensureBrowser } from './find-browser.mjs';
import { runStep } from './run-step.mjs';

const limitMilliseconds = 14 * 60_000;

/**
 * Runs the end-to-end specs on every host that this machine has; says which it lacks and why.
 * @param {import('./stages.mjs').StageContext} context
 * @returns {Promise<import('./counts.mjs').Counts>}
 */
export async function runEndToEnd({ root, runtime, rest }) {
  const browser = await ensureBrowser(root, runtime);
  if (!browser.ok) return oneCheck(false, [`failed: no end-to-end test could run: ${browser.reason}`]);
  const desktop = await findTestDesktop(root, runtime);
  const notes = desktop.ok ? [] : [`skipped: host electron: ${desktop.reason}`];

  const report = join(root, cacheFolder, 'e2e.json');
  mkdirSync(join(root, cacheFolder), { recursive: true });
  rmSync(report, { force: true });
  const playwright = [join(root, 'node_modules', 'playwright', 'cli.js'), 'test'];
  const args = [...playwright, '--config', join('build', 'playwright.config.ts'), ...rest];
  const display = desktop.ok ? desktop.display : [];
  const [command, ...before] = [...display, runtime];
  const { code } = await runStep({
    root,
    command: command ?? runtime,
    args: [...before, ...args],
    // Playwright's workers know FORCE_COLOR only, and Node complains when NO_COLOR stands beside it.
    env: {
      PEDKAI_CHROMIUM: browser.path,
      PEDKAI_E2E_REPORT: report,
      ...(process.stdout.isTTY ? {} : { NO_COLOR: undefined, FORCE_COLOR: '0' }),
    },
    limitMilliseconds,
  });
  const counts = countPlaywright(report, code);
  return { ...counts, notes: [...notes, ...counts.notes] };
}

/**
 * @param {string} root
 * @param {string} runtime
 * @returns {Promise<{ ok: true, display: string[] } | { ok: false, reason: string }>} `display`: what to put
 *   before a command so that it has a display
 */
async function findTestDesktop(root, runtime) {
  const virtual = hasDisplay() ? null : findOnPath('xvfb-run');
  const electron = await ensureElectron(root, runtime);
  if (!electron.ok) return electron;
  if (!hasDisplay() && virtual === null) return { ok: false, reason: 'there is no display and no xvfb-run' };
  return { ok: true, display: virtual === null ? [] : [virtual, '-a'] };
}
