import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Whether a window could be shown. Windows and macOS always have a desktop; elsewhere an X or a Wayland server that is
 * really there is needed (a display of another machine is taken at its word).
 * @param {NodeJS.Platform} [platform]
 * @param {import('./npm.mjs').Environment} [env]
 * @returns {boolean}
 */
export function hasDisplay(platform = process.platform, env = process.env) {
  if (platform === 'win32' || platform === 'darwin') return true;
  const { DISPLAY: display, WAYLAND_DISPLAY: wayland, XDG_RUNTIME_DIR: runtimeFolder } = env;
  if (wayland && existsSync(wayland.startsWith('/') ? wayland : join(runtimeFolder ?? '/', wayland))) return true;
  if (!display) return false;
  const local = /^(?:unix)?:(\d+)(?:\.\d+)?$/.exec(display)?.[1];
  return local === undefined || isLocalServer(local);
}

/** @param {string} number of the X server on this machine */
function isLocalServer(number) {
  const socket = `/tmp/.X11-unix/X${number}`;
  if (existsSync(socket)) return true;
  try {
    return readFileSync('/proc/net/unix', 'utf8').includes(`@${socket}\n`);
  } catch {
    return false;
  }
}
