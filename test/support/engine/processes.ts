import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { type EngineProcess, startEngineProcess } from '#test/support/hosts/engine-process.ts';

const entry = fileURLToPath(new URL('../../../src-main/headless/main.ts', import.meta.url));

/** `serve` in a process of its own on any free port; killed when the test is over, if it still runs. */
export async function serve(dataFolder: string, ...further: readonly string[]): Promise<EngineProcess> {
  const engine = await startEngineProcess(['--data-dir', dataFolder, ...further]);
  onTestFinished(() => kill(engine.process));
  return engine;
}

/** Ends a process as a power cut would, and waits until it is gone. */
export async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}

export interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command to its end, with further environment. */
export function pedkai(
  commandArguments: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [entry, ...commandArguments], {
      env: { ...process.env, ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    onTestFinished(() => kill(child));
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });
}

/** Writes a file into a folder; a list is written one JSON value a line. @returns its path */
export function writeInput(folder: string, name: string, content: string | readonly object[]): string {
  const file = path.join(folder, name);
  writeFileSync(
    file,
    typeof content === 'string' ? content : content.map((line) => `${JSON.stringify(line)}\n`).join(''),
  );
  return file;
}
