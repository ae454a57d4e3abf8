import { spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { hasDisplay } from './has-display.mjs';

/**
 * First executable of that name on the path.
 * @param {string} name
 * @param {import('./npm.mjs').Environment} [env]
 * @returns {string | null}
 */
export function findOnPath(name, env = process.env) {
  for (const folder of (env.PATH ?? '').split(delimiter)) {
    if (folder === '') continue;
    try {
      const path = join(folder, name);
      accessSync(path, constants.X_OK);
      return path;
    } catch {}
  }
  return null;
}

/**
 * Opens an address in the desktop's own browser, if there is a desktop. The browser lives on by itself.
 * @param {string} url
 * @returns {boolean} whether something was asked to open it
 */
export function openInBrowser(url) {
  const opener = desktopOpener();
  if (opener === null) return false;
  const browser = spawn(opener.command, [...opener.args, url], { detached: true, stdio: 'ignore' });
  // The address is printed anyway; a desktop without a browser is no reason to stop.
  browser.once('error', () => {});
  browser.unref();
  return true;
}

/** @returns {{ command: string, args: string[] } | null} */
function desktopOpener() {
  if (!hasDisplay()) return null;
  if (process.platform === 'darwin') return { command: 'open', args: [] };
  if (process.platform === 'win32') return { command: 'rundll32', args: ['url.dll,FileProtocolHandler'] };
  const opener = findOnPath('xdg-open');
  return opener === null ? null : { command: opener, args: [] };
}
