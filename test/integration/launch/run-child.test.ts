import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { launchModule, startScript } from '#test/support/launch/scripts.ts';
import { temporaryProject } from '#test/support/launch/temporary-project.ts';

/** Writes down every signal and ends with the code that it was given, a moment after the first. */
const child = `
  const { appendFileSync } = require('node:fs');
  const [, , log, code] = process.argv;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      appendFileSync(log, signal + '\\n');
      setTimeout(() => process.exit(Number(code)), 300);
    });
  }
  setInterval(() => {}, 1000);
  console.log('child ' + process.pid + ' is up');
`;

const launcher = `
  import { startChild } from '${launchModule('run-child.mjs')}';
  const { ended } = startChild(process.execPath, process.argv.slice(2), { stdio: 'inherit' });
  const { code, wasAskedToStop } = await ended;
  console.log('asked to stop: ' + wasAskedToStop);
  process.exitCode = code;
`;

function projectWith(childSource: string) {
  const root = temporaryProject({ 'child.cjs': childSource, 'launcher.mjs': launcher });
  return {
    log: join(root, 'signals.log'),
    arguments: (code: number) => [
      join(root, 'launcher.mjs'),
      join(root, 'child.cjs'),
      join(root, 'signals.log'),
      String(code),
    ],
  };
}

describe.skipIf(process.platform === 'win32')('startChild', () => {
  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    'hands %s to the child once, however often it comes',
    async (signal) => {
      const project = projectWith(child);
      const script = startScript(project.arguments(0));
      await script.lineWith('is up');
      script.process.kill(signal);
      script.process.kill(signal);
      const end = await script.ended;
      expect(end).toMatchObject({ code: 0, signal: null });
      expect(end.stdout).toContain('asked to stop: true');
      expect(readFileSync(project.log, 'utf8')).toBe(`${signal}\n`);
    },
  );

  it('ends with the exit code of the child', async () => {
    const project = projectWith('process.exit(7);');
    const end = await startScript(project.arguments(0)).ended;
    expect(end.code).toBe(7);
    expect(end.stdout).toContain('asked to stop: false');
  });

  it('shows a child that a signal ended as a shell would', async () => {
    const project = projectWith("process.kill(process.pid, 'SIGKILL'); setInterval(() => {}, 1000);");
    expect((await startScript(project.arguments(0)).ended).code).toBe(128 + 9);
  });

  it.each([
    ['npm', ''],
    ['the shell between npm and the script', 'shell'],
  ])('takes the child down when %s was killed', async (_what, victim) => {
    const project = projectWith(child);
    // Like npm: a process that starts the script through a shell, which does not pass signals on.
    const npm = `
      const { spawn } = require('node:child_process');
      const shell = spawn('sh', ['-c', '"$0" "$@"; exit $?', process.execPath, ...process.argv.slice(1)], { stdio: 'inherit' });
      console.log('shell ' + shell.pid);
    `;
    const script = startScript(['--eval', npm, '--', ...project.arguments(0)], {
      env: { npm_lifecycle_event: 'pedkai' },
    });
    const shell = Number((await script.lineWith('shell ')).slice('shell '.length));
    await script.lineWith('is up');
    if (victim === 'shell') process.kill(shell, 'SIGTERM');
    else script.process.kill('SIGKILL');
    const end = await script.ended;
    expect(end.stdout).toContain('asked to stop: true');
    expect(readFileSync(project.log, 'utf8')).toBe('SIGTERM\n');
  });
});
