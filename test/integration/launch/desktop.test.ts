import { chmodSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { hasDisplay } from '#build/launch/has-display.mjs';
import { findElectron } from '#build/launch/has-electron.mjs';
import { launchModule, runModule } from '#test/support/launch/scripts.ts';
import { temporaryProject, writeFiles } from '#test/support/launch/temporary-project.ts';

const day = 24 * 60 * 60_000;
const isWindows = process.platform === 'win32';

/** A program in the place of Electron's. */
function executable(source: string): string {
  const root = temporaryProject({ electron: `#!${process.execPath}\n${source}` });
  chmodSync(join(root, 'electron'), 0o755);
  return join(root, 'electron');
}

describe.skipIf(isWindows)('hasDisplay', () => {
  it('believes no display that is not there', () => {
    expect(hasDisplay('linux', {})).toBe(false);
    expect(hasDisplay('linux', { DISPLAY: '' })).toBe(false);
    expect(hasDisplay('linux', { DISPLAY: ':64999' })).toBe(false);
    expect(hasDisplay('linux', { WAYLAND_DISPLAY: 'wayland-9', XDG_RUNTIME_DIR: temporaryProject() })).toBe(false);
  });

  it('finds a Wayland server by its socket', async () => {
    const folder = temporaryProject();
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(join(folder, 'wayland-9'), resolve));
    onTestFinished(() => void server.close());
    expect(hasDisplay('linux', { WAYLAND_DISPLAY: 'wayland-9', XDG_RUNTIME_DIR: folder })).toBe(true);
  });

  it('takes a display of another machine at its word', () => {
    expect(hasDisplay('linux', { DISPLAY: 'desk-12:0.0' })).toBe(true);
  });

  it('needs no server on Windows and macOS', () => {
    expect([hasDisplay('win32', {}), hasDisplay('darwin', {})]).toEqual([true, true]);
  });
});

describe.skipIf(isWindows)('findElectron', () => {
  it('says that the runtime is not installed', () => {
    const root = temporaryProject({ 'node_modules/electron/package.json': '{"version":"45.4.1"}' });
    expect(findElectron(root, {})).toEqual({ ok: false, reason: "Electron's runtime is not installed" });
  });

  it('finds the runtime of the package', () => {
    const root = temporaryProject({
      'node_modules/electron/path.txt': 'electron',
      'node_modules/electron/dist/electron': '#!/bin/sh\nexit 0\n',
    });
    const path = join(root, 'node_modules/electron/dist/electron');
    chmodSync(path, 0o755);
    expect(findElectron(root, {})).toEqual({ ok: true, path });
  });

  it('tells why a runtime that is there does not run', () => {
    const path = executable("console.error('libnss3.so: cannot open shared object file'); process.exit(127);");
    const found = findElectron(temporaryProject(), { ELECTRON_EXEC_PATH: path });
    expect(found).toEqual({
      ok: false,
      reason: "Electron's runtime does not run here (libnss3.so: cannot open shared object file)",
    });
  });
});

describe('ensureElectron', () => {
  const failingInstaller = `
    require('node:fs').appendFileSync('attempts.log', 'attempt\\n');
    console.error('TypeError: fetch failed');
    console.error('  cause: getaddrinfo ENOTFOUND github.com');
    process.exit(1);
  `;
  const attempts = (root: string) => readFileSync(join(root, 'attempts.log'), 'utf8').trim().split('\n').length;

  async function ensureElectron(root: string, now: number) {
    const code = `import { ensureElectron } from '${launchModule('has-electron.mjs')}';
      console.log(JSON.stringify(await ensureElectron(${JSON.stringify(root)}, process.execPath, ${now})));`;
    const env = { ELECTRON_EXEC_PATH: undefined, ELECTRON_OVERRIDE_DIST_PATH: undefined };
    const end = await runModule(code, { cwd: root, env });
    expect(end.code, end.stderr).toBe(0);
    return JSON.parse(end.stdout);
  }

  it('tries once, remembers the failure for a day, and tries again after that', async () => {
    const root = temporaryProject({
      'node_modules/electron/package.json': '{"version":"45.4.1"}',
      'node_modules/electron/install.js': failingInstaller,
    });
    const start = 1_800_000_000_000;
    const first = await ensureElectron(root, start);
    expect(first.ok).toBe(false);
    expect(first.reason).toContain('ENOTFOUND github.com');
    expect(await ensureElectron(root, start + day - 1)).toEqual(first);
    expect(attempts(root)).toBe(1);
    await ensureElectron(root, start + day);
    expect(attempts(root)).toBe(2);
  });

  it('tries again at once for another version', async () => {
    const root = temporaryProject({
      'node_modules/electron/package.json': '{"version":"45.4.1"}',
      'node_modules/electron/install.js': failingInstaller,
    });
    await ensureElectron(root, 1_800_000_000_000);
    writeFiles(root, { 'node_modules/electron/package.json': '{"version":"45.4.2"}' });
    await ensureElectron(root, 1_800_000_000_000);
    expect(attempts(root)).toBe(2);
  });

  it.skipIf(isWindows)('uses the runtime that it could fetch', async () => {
    const root = temporaryProject({
      'node_modules/electron/package.json': '{"version":"45.4.1"}',
      'node_modules/electron/install.js': `
        const { mkdirSync, writeFileSync } = require('node:fs');
        mkdirSync('node_modules/electron/dist', { recursive: true });
        writeFileSync('node_modules/electron/dist/electron', '#!/bin/sh\\nexit 0\\n', { mode: 0o755 });
        writeFileSync('node_modules/electron/path.txt', 'electron');
      `,
    });
    const found = await ensureElectron(root, 1_800_000_000_000);
    expect(found).toEqual({ ok: true, path: join(root, 'node_modules/electron/dist/electron') });
  });
});

describe('runDownload', () => {
  it('stops a download that brings nothing any more', async () => {
    const root = temporaryProject({ 'hang.cjs': 'setInterval(() => {}, 1000);' });
    const code = `import { runDownload } from '${launchModule('download.mjs')}';
      const failure = await runDownload({ root: process.cwd(), command: process.execPath, args: ['hang.cjs'], growing: [], stallMilliseconds: 500 });
      console.log(failure);`;
    const end = await runModule(code, { cwd: root });
    expect(end.stdout.trim()).toBe('nothing arrived for 0.5 s');
  });
});

describe.skipIf(isWindows)('runDesktopConsole', () => {
  async function runDesktopConsole(electronSource: string) {
    const root = temporaryProject();
    const code = `import { runDesktopConsole } from '${launchModule('desktop-console.mjs')}';
      console.log(JSON.stringify(await runDesktopConsole('${root}', '${executable(electronSource)}', ['--data-dir', 'x y'])));`;
    const end = await runModule(code, { cwd: root });
    expect(end.code, end.stderr).toBe(0);
    return { root, lines: end.stdout.trim().split('\n') };
  }

  it('starts the project with the arguments as they were given', async () => {
    const { root, lines } = await runDesktopConsole('console.log(JSON.stringify(process.argv.slice(2)));');
    expect(lines).toEqual([JSON.stringify([root, '--data-dir', 'x y']), '{"code":0}']);
  });

  it('passes on the exit code of a console that ran', async () => {
    const { lines } = await runDesktopConsole('process.exit(1);');
    expect(lines).toEqual(['{"code":1}']);
  });

  it('tells an Electron that cannot come up from a console that ended', async () => {
    const { lines } = await runDesktopConsole("process.kill(process.pid, 'SIGTRAP'); setInterval(() => {}, 1000);");
    expect(lines).toEqual(['{"failure":"Electron cannot run here (SIGTRAP)"}']);
  });
});
