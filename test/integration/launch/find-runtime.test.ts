import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findRuntime, isNewEnough } from '#build/launch/find-runtime.mjs';
import { temporaryProject } from '#test/support/launch/temporary-project.ts';

const oldNode = { execPath: '/usr/bin/node', version: 'v20.20.2' };

describe('isNewEnough', () => {
  it.each([
    ['v24.0.0', true],
    ['v24.21.0\n', true],
    ['v31.2.0', true],
    ['v22.23.3', false],
    ['v20.20.2', false],
    ['v2.4.0', false],
    ['', false],
    ['not a version', false],
  ])('says of %o: %o', (version, expected) => {
    expect(isNewEnough(version)).toBe(expected);
  });
});

describe.skipIf(process.platform === 'win32')('findRuntime', () => {
  it('prefers the Node that the packages bring', () => {
    const root = temporaryProject();
    mkdirSync(join(root, 'node_modules', '.bin'), { recursive: true });
    symlinkSync(process.execPath, join(root, 'node_modules', '.bin', 'node'));
    expect(findRuntime(root, oldNode)).toBe(join(root, 'node_modules', '.bin', 'node'));
  });

  it('takes the Node that runs it when it is new enough and the packages bring none', () => {
    const current = { execPath: '/opt/node/bin/node', version: 'v26.1.0' };
    expect(findRuntime(temporaryProject(), current)).toBe('/opt/node/bin/node');
  });

  it('finds none under an old Node without packages', () => {
    expect(findRuntime(temporaryProject(), oldNode)).toBeNull();
  });

  it('does not trust a file that cannot be run', () => {
    const root = temporaryProject({ 'node_modules/.bin/node': 'this is no program' });
    expect(findRuntime(root, oldNode)).toBeNull();
  });
});
