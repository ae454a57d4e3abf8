import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { openInBrowser } from './open-browser.mjs';
import { PlainFailure } from './project.mjs';
import { parseReadyLine } from './ready-line.mjs';
import { startChild } from './run-child.mjs';

/** Entry of the engine's command line, relative to the project's folder. */
export const headlessEntry = join('src-main', 'headless', 'main.ts');

/**
 * Path of the engine's command line.
 * @param {string} root the project's folder
 * @returns {string}
 * @throws {PlainFailure} when it is not there
 */
export function requireHeadlessEntry(root) {
  const entry = join(root, headlessEntry);
  if (existsSync(entry)) return entry;
  throw new PlainFailure(`the engine's command line is missing: ${entry}`);
}

/**
 * @typedef {object} BrowserConsole
 * @property {string} root the project's folder
 * @property {string} runtime the Node to run the engine with
 * @property {readonly string[]} serveArguments passed to `serve` as they are
 * @property {boolean} mayOpen whether to open the desktop's browser
 * @property {boolean} isVerbose whether to show every log line, not only warnings and errors
 */

/**
 * Serves the console to a browser until it is told to stop.
 * @param {BrowserConsole} options
 * @returns {Promise<number>} exit code: 0 after a clean stop, else the engine's own
 */
export async function runBrowserConsole({ root, runtime, serveArguments, mayOpen, isVerbose }) {
  const { child, ended } = startChild(runtime, [requireHeadlessEntry(root), 'serve', ...serveArguments], {
    cwd: process.cwd(),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  if (child.stdout === null || child.stderr === null) throw new Error('The engine was started without pipes.');

  createInterface({ input: child.stdout }).on('line', (line) => {
    const ready = parseReadyLine(line);
    if (ready === null) {
      process.stdout.write(`${line}\n`);
      return;
    }
    const opened = mayOpen && openInBrowser(ready.console);
    process.stdout.write(`Pedkai console: ${ready.console}${opened ? ' (opened in the browser)' : ''}\n`);
    process.stdout.write('Stop it with Ctrl-C.\n');
  });
  createInterface({ input: child.stderr }).on('line', (line) => {
    const shown = isVerbose ? line : briefly(line);
    if (shown !== null) process.stderr.write(`${shown}\n`);
  });
  return (await ended).code;
}

/**
 * What a person at the terminal is shown of the engine's stderr: plain lines as they are, of the log only what is wrong.
 * @param {string} line
 * @returns {string | null}
 */
export function briefly(line) {
  if (!line.startsWith('{')) return line;
  try {
    const entry = JSON.parse(line);
    const isWrong = ['warn', 'error', 'fatal'].includes(entry.level);
    return isWrong ? `${entry.level}: ${entry.message ?? line}` : null;
  } catch {
    return line;
  }
}
