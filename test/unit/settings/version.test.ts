import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { engineVersion } from '#engine/version.ts';

it('the engine has the version of its package', () => {
  expect(JSON.parse(readFileSync('package.json', 'utf8'))).toMatchObject({ version: engineVersion });
});
