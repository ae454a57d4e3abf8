import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isBuilt, sourceFingerprint } from '#build/launch/ensure-built.mjs';
import { launchModule, runModule } from '#test/support/launch/scripts.ts';
import { temporaryProject, writeFiles } from '#test/support/launch/temporary-project.ts';

/** In the place of the bundler: writes what the bundler must make and counts how often it was called. */
const bundler = `
  const { appendFileSync, mkdirSync, writeFileSync, existsSync } = require('node:fs');
  appendFileSync('builds.log', process.argv[2] + '\\n');
  if (existsSync('src-main/broken.ts')) { console.error('broken.ts: unexpected end'); process.exit(1); }
  for (const file of ['main/index.js', 'renderer/index.html']) {
    mkdirSync('out/' + file.split('/')[0], { recursive: true });
    writeFileSync('out/' + file, 'built');
  }
`;

const project = () =>
  temporaryProject({
    'src-main/engine/start.ts': 'export const one = 1;\n',
    'src-shared/words.ts': 'export const word = "alarm";\n',
    'src-renderer/page.tsx': 'export const page = null;\n',
    'electron.vite.config.ts': 'export default {};\n',
    'package-lock.json': '{}',
    'package.json': '{"type":"commonjs"}',
    'node_modules/electron-vite/bin/electron-vite.js': bundler,
  });

/** Runs ensureBuilt in a process of its own: exit code 10 built, 11 nothing to do, 1 failed. */
function ensureBuilt(root: string) {
  const code = `import { ensureBuilt } from '${launchModule('ensure-built.mjs')}';
    import { exitWith } from '${launchModule('project.mjs')}';
    await exitWith(async () => ((await ensureBuilt(${JSON.stringify(root)}, process.execPath)) ? 10 : 11));`;
  return runModule(code, { cwd: root });
}

const builds = (root: string) => readFileSync(join(root, 'builds.log'), 'utf8').trim().split('\n').length;

describe('sourceFingerprint', () => {
  it.each([
    ['a changed source', { 'src-main/engine/start.ts': 'export const one = 2;\n' }],
    ['a new source', { 'src-renderer/other.tsx': '' }],
    ['another configuration', { 'electron.vite.config.ts': 'export default { main: {} };\n' }],
    ['another lock file', { 'package-lock.json': '{"lockfileVersion":3}' }],
  ])('changes with %s', (_what, files) => {
    const root = project();
    const before = sourceFingerprint(root);
    writeFiles(root, files);
    expect(sourceFingerprint(root)).not.toBe(before);
  });

  it('changes when a source is renamed', () => {
    const root = project();
    const before = sourceFingerprint(root);
    rmSync(join(root, 'src-shared/words.ts'));
    writeFiles(root, { 'src-shared/terms.ts': 'export const word = "alarm";\n' });
    expect(sourceFingerprint(root)).not.toBe(before);
  });

  it('does not change with files that the build never reads', () => {
    const root = project();
    const before = sourceFingerprint(root);
    writeFiles(root, { 'docs/page.md': 'text', 'test/unit/a.test.ts': 'text', 'out/main/index.js': 'text' });
    expect(sourceFingerprint(root)).toBe(before);
  });
});

describe('ensureBuilt', () => {
  it('builds once, and again only after a source changed', async () => {
    const root = project();
    const first = await ensureBuilt(root);
    expect(first.code, first.stderr).toBe(10);
    expect(first.stdout).toBe('');
    expect((await ensureBuilt(root)).code).toBe(11);
    writeFiles(root, { 'src-shared/words.ts': 'export const word = "incident";\n' });
    expect((await ensureBuilt(root)).code).toBe(10);
    expect(builds(root)).toBe(2);
  });

  it('builds again when what it built is gone', async () => {
    const root = project();
    await ensureBuilt(root);
    rmSync(join(root, 'out/renderer/index.html'));
    expect(isBuilt(root)).toBe(false);
    expect((await ensureBuilt(root)).code).toBe(10);
  });

  it('fails in one line of its own, and takes nothing half-built for built', async () => {
    const root = project();
    await ensureBuilt(root);
    writeFiles(root, { 'src-main/broken.ts': 'export const' });
    const end = await ensureBuilt(root);
    expect(end.code).toBe(1);
    expect(end.stderr).toContain('broken.ts: unexpected end');
    expect(end.stderr.trimEnd().split('\n').at(-1)).toMatch(/^pedkai: the build failed \(exit code 1\)/);
    expect(isBuilt(root)).toBe(false);
    expect(existsSync(join(root, '.cache/build.lock'))).toBe(false);
  });

  it('builds once when two start at the same time', async () => {
    const root = project();
    const ends = await Promise.all([ensureBuilt(root), ensureBuilt(root)]);
    expect(ends.map((end) => end.code).filter((code) => code !== 10 && code !== 11)).toEqual([]);
    expect(builds(root)).toBe(1);
  });

  it('takes over from a builder that died', async () => {
    const root = project();
    const dead = await runModule('console.log(process.pid)');
    writeFiles(root, { '.cache/build.lock': dead.stdout.trim() });
    expect((await ensureBuilt(root)).code).toBe(10);
  });
});
