import { PlainFailure } from '../launch/project.mjs';
import { startChild } from '../launch/run-child.mjs';

const killAfterMilliseconds = 10_000;

/**
 * @typedef {object} Step
 * @property {string} root working folder
 * @property {string} command
 * @property {readonly string[]} args
 * @property {Record<string, string | undefined>} [env] added to the environment; undefined takes a variable away
 * @property {number} limitMilliseconds stopped, and counted as failed, after so long
 * @property {boolean} [isCaptured] collect the output instead of showing it at once, for steps that run side by side
 */

/**
 * Runs one program of a check.
 * @param {Step} step
 * @returns {Promise<{ code: number, output: string }>} `code`: 128 + the signal's number if a signal ended it
 * @throws {PlainFailure} when the whole run was told to stop meanwhile
 */
export async function runStep({ root, command, args, env = {}, limitMilliseconds, isCaptured = false }) {
  const { child, ended } = startChild(command, args, {
    cwd: root,
    env: { ...process.env, ...plainOutput(), ...env },
    stdio: isCaptured ? ['ignore', 'pipe', 'pipe'] : ['ignore', 'inherit', 'inherit'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text) => {
      output += text;
    });
  }
  /** @type {NodeJS.Timeout | undefined} */
  let killTimer;
  const limitTimer = setTimeout(() => {
    console.log(`stopped: it took longer than ${limitMilliseconds / 60_000} minutes`);
    child.kill('SIGTERM');
    killTimer = setTimeout(() => child.kill('SIGKILL'), killAfterMilliseconds);
  }, limitMilliseconds);
  try {
    const { code, wasAskedToStop } = await ended;
    if (wasAskedToStop) throw new PlainFailure('stopped');
    return { code, output };
  } finally {
    clearTimeout(limitTimer);
    clearTimeout(killTimer);
  }
}

/**
 * Colours are for terminals; some programs emit them into files too, unless told not to.
 * @returns {Record<string, string>}
 */
function plainOutput() {
  return process.stdout.isTTY || process.env.FORCE_COLOR ? {} : { NO_COLOR: '1' };
}
