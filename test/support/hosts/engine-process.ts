import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { parseReadyLine } from '#build/launch/ready-line.mjs';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const headlessEntry = fileURLToPath(new URL('../../../src-main/headless/main.ts', import.meta.url));

/** An engine without a window, in a process of its own. */
export interface EngineProcess {
  readonly process: ChildProcess;
  /** Base address of its listener, without a trailing slash. */
  readonly url: string;
  /** Address of the console with its key. */
  readonly consoleUrl: string;
  /** What it wrote on stderr so far. */
  readonly log: () => string;
  /** Sends SIGTERM and waits for the end. @returns the exit code; rejects when it was ended by a signal or takes too long */
  stop(): Promise<number>;
}

const startMilliseconds = 30_000;
const stopMilliseconds = 15_000;

/**
 * Runs `serve` on any free port with these arguments and waits until it accepts requests.
 * Rejects with its stderr when it ends before that.
 */
export async function startEngineProcess(serveArguments: readonly string[]): Promise<EngineProcess> {
  const engine = spawn(process.execPath, [headlessEntry, 'serve', '--port', '0', ...serveArguments], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let log = '';
  engine.stderr.setEncoding('utf8').on('data', (text: string) => {
    log += text;
  });
  const lines = createInterface({ input: engine.stdout });
  const ready = await new Promise<{ url: string; console: string }>((resolve, reject) => {
    const fail = (reason: string) => reject(new Error(`The engine did not start: ${reason}\n${log}`));
    const timer = setTimeout(() => {
      engine.kill('SIGKILL');
      fail(`no ready line within ${startMilliseconds / 1000} s`);
    }, startMilliseconds);
    engine.once('error', (error) => fail(error.message));
    engine.once('close', (code, signal) => fail(`it ended with ${signal ?? `exit code ${code}`}`));
    lines.on('line', (line) => {
      const answer = parseReadyLine(line);
      if (answer === null) return;
      clearTimeout(timer);
      resolve(answer);
    });
  });
  return {
    process: engine,
    url: ready.url,
    consoleUrl: ready.console,
    log: () => log,
    stop: () => stopProcess(engine, () => log),
  };
}

/** Asks a process to end and waits for it; a process that ended already just tells its exit code. */
export async function stopProcess(child: ChildProcess, log: () => string): Promise<number> {
  if (child.exitCode === null && child.signalCode === null) {
    const closed = once(child, 'close', { signal: AbortSignal.timeout(stopMilliseconds) });
    child.kill('SIGTERM');
    await closed.catch(() => {
      child.kill('SIGKILL');
      throw new Error(`The process did not end within ${stopMilliseconds / 1000} s.\n${log()}`);
    });
  }
  if (child.exitCode === null) throw new Error(`The process was ended by ${child.signalCode}.\n${log()}`);
  return child.exitCode;
}
