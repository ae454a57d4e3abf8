import { existsSync, readdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packShell } from '#test/support/electron-host/pack-shell.ts';
import { expect, test } from '#test/support/electron-host/shell-test.ts';
import { startStandIn } from '#test/support/electron-host/start-stand-in.ts';

test.describe('what an installer contains', () => {
  test.skip(({ host }) => host !== 'stand-in', 'packing is the same on every host');
  test.skip(process.platform !== 'linux', 'the distribution in place of Electron is laid out as on Linux');

  test('is enough to run the console, with the fuses set and nothing needless', async ({ dataFolder }) => {
    test.setTimeout(240_000);
    const folder = await mkdtemp(join(tmpdir(), 'pedkai-packed-'));
    try {
      const packed = await packShell(folder);
      expect(packed.fusesOn).toEqual([
        'enableCookieEncryption',
        'enableEmbeddedAsarIntegrityValidation',
        'onlyLoadAppFromAsar',
      ]);
      const binary = `linux-${process.arch}.node`;
      const prebuilds = join('node_modules', 'better-sqlite3', 'prebuilds');
      expect(readdirSync(join(packed.unpackedFolder, prebuilds))).toEqual([binary]);
      expect(existsSync(join(packed.unpackedFolder, 'out'))).toBe(false);
      const needless =
        /^\/(?:src-|test\/|docs\/|build\/)|\.map$|better-sqlite3\/(?:deps|src)\/|^\/node_modules\/(?:react|electron|playwright|vite)\//;
      expect(packed.archived.filter((file) => needless.test(file))).toEqual([]);

      const desktop = startStandIn({ dataFolder, arguments: ['--port', '0'], shellEntry: packed.shellEntry });
      const page = await desktop.nextPage();
      expect(desktop.addressOf(page)).toBe('app://console/');
      await expect(page.locator('#root')).not.toBeEmpty();
      expect(await desktop.stop()).toBe(0);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});
