import { execFile } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isInstalled } from '#build/launch/ensure-installed.mjs';
import { launchModule, runModule } from '#test/support/launch/scripts.ts';
import { temporaryProject, writeFiles } from '#test/support/launch/temporary-project.ts';

const offline = { npm_config_offline: 'true' };

/** Runs ensureInstalled in a process of its own; its stdout is what a command's stdout would be. */
async function ensureInstalled(root: string, env: Readonly<Record<string, string | undefined>> = {}) {
  const code = `import { ensureInstalled } from '${launchModule('ensure-installed.mjs')}';
    import { exitWith } from '${launchModule('project.mjs')}';
    await exitWith(async () => ((await ensureInstalled(${JSON.stringify(root)})) ? 10 : 11));`;
  return runModule(code, { cwd: root, env: { ...offline, ...env } });
}

let template = '';

beforeAll(async () => {
  template = mkdtempSync(join(tmpdir(), 'pedkai-template-'));
  writeFiles(template, {
    'parts/lamp/package.json': JSON.stringify({ name: 'lamp', version: '1.0.0', main: 'lamp.js' }),
    'parts/lamp/lamp.js': 'module.exports = "on";\n',
    'package.json': JSON.stringify({
      name: 'house',
      version: '1.0.0',
      devDependencies: { lamp: 'file:lamp-1.0.0.tgz' },
    }),
  });
  await npm(template, ['pack', './parts/lamp']);
  await npm(template, ['install', '--package-lock-only']);
});

afterAll(() => rmSync(template, { recursive: true, force: true }));

/** A project that needs one package, which comes as an archive beside it; with a lock file, nothing installed. */
function projectWithOnePackage(): string {
  const root = temporaryProject();
  cpSync(template, root, { recursive: true });
  return root;
}

async function npm(root: string, npmArguments: readonly string[]): Promise<void> {
  await promisify(execFile)('npm', [...npmArguments], { cwd: root, env: { ...process.env, ...offline } });
}

describe('ensureInstalled', () => {
  it('installs what is missing, says so on stderr only, and does nothing the second time', async () => {
    const root = projectWithOnePackage();
    expect(isInstalled(root)).toBe(false);

    const first = await ensureInstalled(root);
    expect(first.code, first.stderr).toBe(10);
    expect(first.stdout).toBe('');
    expect(first.stderr).toContain('installing the packages (npm ci)');
    expect(existsSync(join(root, 'node_modules', 'lamp', 'lamp.js'))).toBe(true);
    expect(isInstalled(root)).toBe(true);

    const second = await ensureInstalled(root);
    expect(second).toMatchObject({ code: 11, stdout: '', stderr: '' });
  });

  it('installs development packages even where the environment leaves them out', async () => {
    const root = projectWithOnePackage();
    const end = await ensureInstalled(root, { NODE_ENV: 'production' });
    expect(end.code, end.stderr).toBe(10);
    expect(existsSync(join(root, 'node_modules', 'lamp', 'lamp.js'))).toBe(true);
  });

  it('installs without npm ci when package.json and the lock file disagree', async () => {
    const root = projectWithOnePackage();
    rmSync(join(root, 'package-lock.json'));
    const end = await ensureInstalled(root);
    expect(end.code, end.stderr).toBe(10);
    expect(end.stderr).toContain('(npm install)');
    expect(isInstalled(root)).toBe(true);
  });

  it('fails in one line of its own when npm fails', async () => {
    const root = projectWithOnePackage();
    rmSync(join(root, 'lamp-1.0.0.tgz'));
    const end = await ensureInstalled(root, { npm_config_cache: join(root, 'empty-cache') });
    expect(end.code).toBe(1);
    expect(end.stdout).toBe('');
    expect(end.stderr.trimEnd().split('\n').at(-1)).toMatch(/^pedkai: npm ci failed \(exit code \d+\)/);
    expect(existsSync(join(root, '.cache', 'install.lock'))).toBe(false);
  });
});

describe('isInstalled', () => {
  const lock = (packages: object) => JSON.stringify({ lockfileVersion: 3, packages });
  const project = (wanted: object, present: object) =>
    temporaryProject({
      'package-lock.json': lock({ '': { name: 'house' }, ...wanted }),
      'node_modules/.package-lock.json': lock(present),
    });

  it('notices that the lock file moved on', async () => {
    const root = projectWithOnePackage();
    expect((await ensureInstalled(root)).code).toBe(10);
    const moved = readFileSync(join(root, 'package-lock.json'), 'utf8').replaceAll(
      '"version": "1.0.0"',
      '"version": "1.1.0"',
    );
    writeFiles(root, { 'package-lock.json': moved });
    expect(isInstalled(root)).toBe(false);
  });

  it('notices a package that is missing', () => {
    expect(isInstalled(project({ 'node_modules/lamp': { version: '1.0.0' } }, {}))).toBe(false);
  });

  it('does not miss packages for other platforms', () => {
    const wanted = {
      'node_modules/lamp': { version: '1.0.0' },
      'node_modules/lamp-win32': { version: '1.0.0', optional: true },
    };
    expect(isInstalled(project(wanted, { 'node_modules/lamp': { version: '1.0.0' } }))).toBe(true);
  });

  it('takes a broken-off installation for none', () => {
    const root = temporaryProject({
      'package-lock.json': lock({ 'node_modules/lamp': { version: '1.0.0' } }),
      'node_modules/lamp/package.json': '{"name":"lamp","version":"1.0.0"}',
    });
    expect(isInstalled(root)).toBe(false);
  });
});
