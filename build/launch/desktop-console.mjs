import { hasDisplay } from './has-display.mjs';
import { ensureElectron } from './has-electron.mjs';
import { startChild } from './run-child.mjs';

/** A desktop that cannot come up dies at once; one that dies later has a reason of its own. */
const startMilliseconds = 15_000;

/**
 * Where the desktop console could run, or why it cannot.
 * @param {string} root the project's folder
 * @param {string} runtime the Node to fetch Electron's runtime with
 * @returns {Promise<import('./has-electron.mjs').ElectronOutcome>}
 */
export async function findDesktop(root, runtime) {
  if (!hasDisplay()) return { ok: false, reason: 'there is no display here' };
  return ensureElectron(root, runtime);
}

/**
 * Runs the desktop console until it is closed.
 * @param {string} root the project's folder; its package.json names the main script
 * @param {string} electron path of Electron's executable
 * @param {readonly string[]} args passed to the desktop console as they are
 * @returns {Promise<{ code: number } | { failure: string }>} `failure`: Electron itself could not come up
 */
export async function runDesktopConsole(root, electron, args) {
  const started = Date.now();
  const { ended } = startChild(electron, [root, ...args], { cwd: process.cwd(), stdio: 'inherit' });
  const { code, signal, wasAskedToStop } = await ended;
  if (wasAskedToStop) return { code };
  // A missing library (127), a sandbox that the system forbids or a display that refuses end Electron by a signal.
  const isCrash = signal !== null || code === 127 || code > 128;
  if (isCrash && Date.now() - started < startMilliseconds) {
    return { failure: `Electron cannot run here (${signal ?? `exit code ${code}`})` };
  }
  return { code };
}
