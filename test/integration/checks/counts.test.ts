import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { countPlaywright, countVitest, oneCheck, totalLine } from '#build/checks/counts.mjs';
import { projectRoot, runScript } from '#test/support/launch/scripts.ts';
import { temporaryProject, writeFiles } from '#test/support/launch/temporary-project.ts';

describe('totalLine', () => {
  it('adds up what the stages came to', () => {
    const tests = { passed: 40, failed: 2, notes: ['skipped: something'] };
    expect(totalLine([oneCheck(true), tests, oneCheck(false)])).toBe('41 passed, 3 failed');
    expect(totalLine([])).toBe('0 passed, 0 failed');
  });
});

describe('countVitest', () => {
  async function run(files: Readonly<Record<string, string>>) {
    const root = temporaryProject(files);
    const report = join(root, 'report.json');
    const vitest = join(projectRoot, 'node_modules/vitest/vitest.mjs');
    const configuration = ['--root', root, '--globals'];
    const { code } = await runScript(
      [vitest, 'run', ...configuration, '--reporter=json', `--outputFile.json=${report}`],
      { cwd: root },
    );
    return countVitest(report, code);
  }

  it('counts tests, skipped ones apart, and a file that cannot be loaded as a failure', async () => {
    const counts = await run({
      'mixed.test.js': `
        it('holds', () => expect(1).toBe(1));
        it('holds too', () => expect(2).toBe(2));
        it('does not hold', () => expect(1).toBe(2));
        it.skip('is for another day', () => {});
      `,
      'broken.test.js': "import './nowhere.js';",
    });
    expect(counts).toMatchObject({ passed: 2, failed: 2 });
    expect(counts.notes).toEqual([expect.stringContaining('skipped: is for another day')]);
  });

  it('counts an error outside the tests as a failure', async () => {
    const counts = await run({
      'stray.test.js': `
        it('holds', async () => {
          setTimeout(() => { throw new Error('stray'); }, 0);
          await new Promise((resolve) => setTimeout(resolve, 50));
        });
      `,
    });
    expect(counts).toMatchObject({ passed: 1, failed: 1 });
  });

  it('counts a run without tests as a failure', async () => {
    expect(await run({ 'readme.txt': 'nothing to run' })).toMatchObject({ passed: 0, failed: 1 });
  });

  it('counts a run that left no report as a failure', () => {
    expect(countVitest(join(temporaryProject(), 'none.json'), 1)).toMatchObject({ passed: 0, failed: 1 });
  });
});

describe('countPlaywright', () => {
  /** Playwright resolves its own package from the spec's folder, so that folder must lie within the project. */
  function folderInProject(files: Readonly<Record<string, string>>): string {
    mkdirSync(join(projectRoot, '.cache'), { recursive: true });
    const folder = mkdtempSync(join(projectRoot, '.cache', 'playwright-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    writeFiles(folder, files);
    return folder;
  }

  async function run(files: Readonly<Record<string, string>>) {
    const folder = folderInProject({
      'playwright.config.ts': `
        export default {
          testDir: '.', outputDir: './results', retries: 1,
          reporter: [['json', { outputFile: './report.json' }]],
          projects: [{ name: 'headless' }, { name: 'stand-in' }],
        };
      `,
      ...files,
    });
    const cli = join(projectRoot, 'node_modules/playwright/cli.js');
    const { code } = await runScript([cli, 'test', '--config', join(folder, 'playwright.config.ts')], { cwd: folder });
    return countPlaywright(join(folder, 'report.json'), code);
  }

  it('counts the tests of every host, skipped ones apart with their reason', async () => {
    const counts = await run({
      'mixed.spec.ts': `
        import { expect, test } from '@playwright/test';
        test('holds', () => expect(1).toBe(1));
        test('holds on one host only', ({}, info) => expect(info.project.name).toBe('headless'));
        test('passes at the second try', ({}, info) => expect(info.retry).toBe(1));
        test('needs a window', ({}, info) => test.skip(info.project.name === 'headless', 'a browser has no windows'));
      `,
    });
    expect(counts).toMatchObject({ passed: 4, failed: 3 });
    expect(counts.notes).toEqual([
      'host headless: 2 passed, 1 failed',
      'host stand-in: 2 passed, 2 failed',
      'skipped: [headless] mixed.spec.ts › needs a window: a browser has no windows',
    ]);
  });

  it('counts a spec that cannot be loaded as a failure', async () => {
    const counts = await run({ 'broken.spec.ts': "import './nowhere.ts';" });
    expect(counts.passed).toBe(0);
    expect(counts.failed).toBeGreaterThan(0);
  });

  it('counts a run without tests as a failure', async () => {
    expect(await run({})).toMatchObject({ passed: 0, failed: 1 });
  });
});
