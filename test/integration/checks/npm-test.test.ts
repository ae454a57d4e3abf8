import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { projectRoot, runScript } from '#test/support/launch/scripts.ts';

const runTests = (...stages: readonly string[]) => runScript([join(projectRoot, 'build/test.mjs'), ...stages]);
const lastLine = (output: string) => output.trimEnd().split('\n').at(-1);

describe('npm test', () => {
  it('ends with the counts alone on a line', async () => {
    const end = await runTests('imports');
    expect(lastLine(end.stdout)).toMatch(/^\d+ passed, \d+ failed$/);
    expect(end.code).toBe(lastLine(end.stdout) === '1 passed, 0 failed' ? 0 : 1);
  });

  it('runs every stage that is named, and exits 1 when one of them fails', async () => {
    const end = await runTests('unit', 'imports', '--', 'no-test-file-has-this-name');
    expect(end.stdout).toContain('── unit ');
    expect(end.stdout).toContain('── imports ');
    expect(lastLine(end.stdout)).toMatch(/^\d+ passed, [12] failed$/);
    expect(end.code).toBe(1);
  });

  it('names the stages when it is asked for one that there is not', async () => {
    const end = await runTests('everything');
    expect(end.code).toBe(1);
    expect(end.stdout).toBe('');
    expect(end.stderr).toBe(
      'pedkai: there is no stage "everything"; the stages are types, lint, imports, unit, integration, build, e2e\n',
    );
  });
});
