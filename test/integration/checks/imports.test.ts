import { describe, expect, it } from 'vitest';
import { findViolations } from '#build/checks/imports.mjs';
import { temporaryProject } from '#test/support/launch/temporary-project.ts';

const packageFile = JSON.stringify({
  imports: { '#shared/*': './src-shared/*', '#engine/*': './src-main/engine/*', '#shell/*': './src-main/shell/*' },
});

const violationsIn = (files: Readonly<Record<string, string>>) =>
  findViolations(temporaryProject({ 'package.json': packageFile, ...files }));

describe('findViolations', () => {
  it('accepts imports that point the right way', () => {
    expect(
      violationsIn({
        'src-shared/a.ts': "import { z } from 'zod'; import './b.ts';",
        'src-main/engine/a.ts': "import '#shared/a.ts'; import fs from 'node:fs'; export * from './b.ts';",
        'src-main/engine/version.ts': "import about from '../../package.json' with { type: 'json' };",
        'src-main/headless/a.ts': "import '#engine/a.ts'; const later = await import('../engine/b.ts');",
        'src-main/shell/a.ts': "import { app } from 'electron'; import type { X } from '../engine/a.ts';",
        'src-main/preload/a.ts': "import { ipcRenderer } from 'electron'; import '../../src-shared/a.ts';",
        'src-renderer/a.tsx': "import { z } from '#shared/a.ts'; import './a.css'; export const A = () => <p>{z}</p>;",
      }),
    ).toEqual([]);
  });

  it.each([
    ['src-shared/a.ts', "import '../src-main/engine/a.ts';"],
    ['src-shared/a.ts', "import '#engine/a.ts';"],
    ['src-shared/a.ts', "import { readFile } from 'node:fs/promises';"],
    ['src-shared/a.ts', "import { readFile } from 'fs/promises';"],
    ['src-main/engine/a.ts', "export { run } from '../headless/main.ts';"],
    ['src-main/engine/a.ts', "import type { App } from 'electron';"],
    ['src-main/engine/a.ts', "const shell = await import('electron/main');"],
    ['src-main/headless/a.ts', "import { window } from '../shell/window.ts';"],
    ['src-main/shell/a.ts', "const host = await import('../headless/main.ts');"],
    ['src-renderer/a.tsx', "import about from '../package.json' with { type: 'json' };"],
    ['src-main/preload/a.ts', "import { join } from 'node:path';"],
    ['src-renderer/a.tsx', "import type { Engine } from '../src-main/engine/a.ts';"],
    ['src-renderer/a.tsx', "import type { Engine } from '#engine/a.ts';"],
    ['src-renderer/a.tsx', "import x from '#unheard/of.ts';"],
  ])('refuses in %s: %s', (file, text) => {
    const violations = violationsIn({ [file]: `// a comment that says import 'electron'\n${text}\n` });
    expect(violations).toEqual([expect.stringMatching(new RegExp(`^${file}:2 imports `))]);
  });

  it('allows a screen 200 lines and no more', () => {
    const lines = (count: number) => `${'// line\n'.repeat(count - 1)}export const A = null;\n`;
    expect(violationsIn({ 'src-renderer/a.tsx': lines(200), 'src-renderer/state/b.ts': lines(400) })).toEqual([]);
    expect(violationsIn({ 'src-renderer/a.tsx': lines(201) })).toEqual([
      'src-renderer/a.tsx: 201 lines, 200 are allowed',
    ]);
  });
});
