import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const headlessEntry = fileURLToPath(new URL('../../../src-main/headless/main.ts', import.meta.url));

/** What a command of the engine's command line came to. */
export interface CommandResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs one command (`token create …`) to its end; a failure is a result, not an exception. */
export function runPedkai(commandArguments: readonly string[]): Promise<CommandResult> {
  return new Promise((resolve, reject) => {
    const options = { maxBuffer: 256 * 1024 * 1024, timeout: 60_000 };
    const child = execFile(process.execPath, [headlessEntry, ...commandArguments], options, (error, stdout, stderr) => {
      if (child.exitCode === null) reject(error ?? new Error('The command ended without an exit code.'));
      else resolve({ code: child.exitCode, stdout, stderr });
    });
  });
}

/** Makes a token for a data folder, whether an engine runs on it or not. @returns the token itself */
export async function createToken(dataFolder: string, tenant: string, scopes: readonly string[]): Promise<string> {
  const scopeArguments = scopes.flatMap((scope) => ['--scope', scope]);
  const { code, stdout, stderr } = await runPedkai([
    'token',
    'create',
    '--data-dir',
    dataFolder,
    '--tenant',
    tenant,
    ...scopeArguments,
  ]);
  if (code !== 0) throw new Error(`No token was made (exit code ${code}): ${stderr}`);
  return stdout.trim();
}
