import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

/** Absolute path of the project under test. */
export const projectRoot = fileURLToPath(new URL('../../..', import.meta.url));

/** Address of a launch module, for scripts that import it. */
export const launchModule = (name: string): string => new URL(`../../../build/launch/${name}`, import.meta.url).href;

/** A script that runs; it is ended with the test if it has not ended by itself. */
export interface RunningScript {
  readonly process: ChildProcess;
  /** Resolves with the first line on stdout, not yet handed out, that contains the text; rejects when the script ends before. */
  lineWith(text: string): Promise<string>;
  /** Resolves when the script has ended and everything that it wrote has arrived. */
  readonly ended: Promise<ScriptEnd>;
}

export interface ScriptEnd {
  /** null when a signal ended it. */
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface ScriptOptions {
  readonly cwd?: string;
  /** Replaces variables of the environment; undefined removes one. */
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/** Runs Node with these arguments. Variables with which npm tells about its own script are not handed on. */
export function startScript(nodeArguments: readonly string[], options: ScriptOptions = {}): RunningScript {
  return startCommand(process.execPath, nodeArguments, options);
}

/** Like {@link startScript}, for any command. */
export function startCommand(command: string, commandArguments: readonly string[], options: ScriptOptions = {}) {
  const inherited = Object.entries(process.env).filter(([name]) => !/^npm_(lifecycle|package|command)/.test(name));
  const child = spawn(command, [...commandArguments], {
    cwd: options.cwd ?? projectRoot,
    env: { ...Object.fromEntries(inherited), ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output.stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    output.stderr += text;
  });
  const ended: Promise<ScriptEnd> = once(child, 'close').then(() => ({
    code: child.exitCode,
    signal: child.signalCode,
    ...output,
  }));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  onTestFinished(async () => {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
    await ended;
  });
  return {
    process: child,
    ended,
    lineWith: async (text: string) => {
      for (let next = await lines.next(); !next.done; next = await lines.next()) {
        if (next.value.includes(text)) return next.value;
      }
      throw new Error(`No line with "${text}" came.\n${output.stdout}\n${output.stderr}`);
    },
  } satisfies RunningScript;
}

/** Runs Node with these arguments to its end. */
export function runScript(nodeArguments: readonly string[], options: ScriptOptions = {}): Promise<ScriptEnd> {
  return startScript(nodeArguments, options).ended;
}

/** Runs lines of an ES module to their end. */
export function runModule(code: string, options: ScriptOptions = {}): Promise<ScriptEnd> {
  return runScript(['--input-type=module', '--eval', code], options);
}
