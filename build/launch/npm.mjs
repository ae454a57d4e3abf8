import { basename } from 'node:path';

/** @typedef {Record<string, string | undefined>} Environment */

/**
 * How to call npm: the one that runs this script, if one does, else the one on the path.
 * @param {Environment} env
 * @returns {{ command: string, args: string[], shell: boolean }}
 */
export function npmCommand(env) {
  const { npm_execpath: script, npm_node_execpath: node } = env;
  if (script !== undefined && /^npm(-cli)?\.c?js$/.test(basename(script))) {
    return { command: node ?? process.execPath, args: [script], shell: false };
  }
  // Node refuses to start a .cmd file without a shell.
  return process.platform === 'win32'
    ? { command: 'npm.cmd', args: [], shell: true }
    : { command: 'npm', args: [], shell: false };
}

/**
 * The environment for an npm inside an npm script: without what the outer npm says about its own script and project,
 * with what the user configured.
 * @param {Environment} env
 * @returns {Environment}
 */
export function nestedNpmEnvironment(env) {
  const ofTheOuter = /^npm_(lifecycle_|package_|command$|execpath$|node_execpath$|config_(local_)?prefix$)/;
  return Object.fromEntries(Object.entries(env).filter(([name]) => !ofTheOuter.test(name)));
}
