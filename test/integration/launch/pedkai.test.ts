import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseReadyLine } from '#build/launch/ready-line.mjs';
import { projectRoot, runScript, startScript } from '#test/support/launch/scripts.ts';
import { temporaryProject } from '#test/support/launch/temporary-project.ts';

const launcher = join(projectRoot, 'build/pedkai.mjs');
const timeout = 180_000;

describe('npm run -s pedkai', () => {
  it('passes on help and exit code 0', async () => {
    const end = await runScript([launcher, '--help']);
    expect(end).toMatchObject({ code: 0 });
    expect(end.stdout).toContain('serve');
  });

  it('passes on exit code 2 for a command that there is not, with nothing on stdout', async () => {
    const end = await runScript([launcher, 'no-such-command']);
    expect(end).toMatchObject({ code: 2, stdout: '' });
    expect(end.stderr).not.toBe('');
  });

  it('passes on the arguments as they were given', async () => {
    const name = 'no such file, "quoted" and $HOME.jsonl';
    const end = await runScript([launcher, 'correlate', '--topology', name, name]);
    expect(end).toMatchObject({ code: 2, stdout: '' });
    expect(end.stderr).toContain(name);
  });

  it('hands signals on: serve ends cleanly, its ready line alone on stdout', { timeout }, async () => {
    const script = startScript([launcher, 'serve', '--port', '0', '--data-dir', temporaryProject()]);
    const line = await script.lineWith('"ready"');
    expect(parseReadyLine(line)).not.toBeNull();
    script.process.kill('SIGTERM');
    const end = await script.ended;
    expect(end).toMatchObject({ code: 0, signal: null });
    expect(end.stdout).toBe(`${line}\n`);
  });
});
