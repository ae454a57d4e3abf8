import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { constants } from 'node:os';

/** How often a launcher looks whether the npm that started it is still there. */
const parentCheckMilliseconds = 200;

/** Taken when the launcher starts: npm may be gone before the first child is there. */
const ancestorsAtStart = ancestors();

/**
 * How a child ended. `code` is what a shell would show: the exit code, or 128 + the number of the signal that ended it.
 * @typedef {{ code: number, signal: NodeJS.Signals | null, wasAskedToStop: boolean }} ChildEnd
 */

/**
 * Starts a child that lives and ends with this launcher: signals to the launcher reach the child once, and a launcher
 * whose npm was killed takes the child down with it.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {import('node:child_process').SpawnOptions} options
 * @returns {{ child: import('node:child_process').ChildProcess, ended: Promise<ChildEnd> }}
 */
export function startChild(command, args, options) {
  const child = spawn(command, [...args], options);
  let wasAskedToStop = false;

  /** @param {NodeJS.Signals} signal */
  const onSignal = (signal) => {
    // A terminal has already sent Ctrl-C to every process of the foreground group, the child included.
    const isForTheGroup = signal === 'SIGINT' && process.stdin.isTTY;
    if (!wasAskedToStop && !isForTheGroup) child.kill(signal);
    wasAskedToStop = true;
  };
  /** @type {NodeJS.Signals[]} */
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  for (const signal of signals) process.on(signal, onSignal);
  const stopWatching = watchParent(() => onSignal('SIGTERM'));

  /** @type {Promise<ChildEnd>} */
  const ended = new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => {
      resolve({ code: code ?? 128 + (signal === null ? 0 : constants.signals[signal]), signal, wasAskedToStop });
    });
  });
  const cleanUp = () => {
    stopWatching();
    for (const signal of signals) process.off(signal, onSignal);
  };
  ended.then(cleanUp, cleanUp);
  return { child, ended };
}

/**
 * npm starts its script through a shell. A killed npm passes nothing on, and that shell passes no signal on; what shows is
 * that the shell, or this process, is then adopted by another process. Only under npm: a launcher put into the background
 * by hand may outlive the shell that started it.
 * @param {() => void} onGone
 * @returns {() => void} stops watching
 */
function watchParent(onGone) {
  if (process.env.npm_lifecycle_event === undefined) return () => {};
  const timer = setInterval(() => {
    if (ancestors() === ancestorsAtStart) return;
    clearInterval(timer);
    onGone();
  }, parentCheckMilliseconds);
  timer.unref();
  return () => clearInterval(timer);
}

/** @returns {string} ids of this process's parent and, where the system tells it, of the parent's parent */
function ancestors() {
  const parent = process.ppid;
  try {
    // The second field is the program's name in parentheses, which may itself hold spaces and parentheses.
    const afterName = readFileSync(`/proc/${parent}/stat`, 'utf8').split(')').at(-1) ?? '';
    return `${parent} ${afterName.trim().split(' ')[1]}`;
  } catch {
    return String(parent);
  }
}
