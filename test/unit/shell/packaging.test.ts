import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import configuration from '#build/electron-builder.config.mjs';
import { encodeIcns, encodeIco } from '#build/icons/containers.mjs';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const icons = join(root, 'build/icons');
const manifestSchema = z.object({
  dependencies: z.record(z.string(), z.string()),
  devDependencies: z.record(z.string(), z.string()),
});

/** electron-builder's own check of a configuration, against the schema that it ships. */
async function validate(candidate: object): Promise<void> {
  const require = createRequire(import.meta.url);
  const { validateConfiguration } = require('app-builder-lib/out/util/config/config.js');
  const { DebugLogger } = require('builder-util');
  await validateConfiguration(candidate, new DebugLogger(false));
}

describe('the configuration of the installers', () => {
  it('is one that electron-builder accepts', async () => {
    await expect(validate(configuration)).resolves.toBeUndefined();
  });

  it('is checked in earnest', async () => {
    await expect(validate({ ...configuration, electronFuses: { runAsNode: 'no' } })).rejects.toThrow('electronFuses');
    await expect(validate({ ...configuration, asarUnpak: [] })).rejects.toThrow('asarUnpak');
  });

  it('sets every fuse that keeps the program what it is', () => {
    expect(configuration.electronFuses).toEqual({
      runAsNode: false,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      enableEmbeddedAsarIntegrityValidation: true,
      onlyLoadAppFromAsar: true,
      enableCookieEncryption: true,
      grantFileProtocolExtraPrivileges: false,
    });
    expect(configuration.asar).toBe(true);
  });

  it('builds what is promised for each platform', () => {
    expect(configuration.linux?.target).toEqual(['AppImage', 'deb']);
    expect(configuration.win?.target).toEqual(['nsis']);
    expect(configuration.mac?.target).toEqual(['dmg']);
    expect(configuration.protocols).toEqual([{ name: 'Pedkai', schemes: ['pedkai'] }]);
  });

  it('ships the native store as a file of its own, never rebuilt', () => {
    expect(configuration.asarUnpack).toEqual(['node_modules/better-sqlite3/prebuilds/**']);
    expect(configuration.npmRebuild).toBe(false);
    for (const target of ['linux-x64', 'linux-arm64', 'win32-x64', 'darwin-x64', 'darwin-arm64'])
      expect(existsSync(join(root, `node_modules/better-sqlite3/prebuilds/${target}.node`)), target).toBe(true);
  });

  it('keeps what main loads at run time among the packages that are shipped', () => {
    const manifest = manifestSchema.parse(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')));
    for (const name of ['better-sqlite3', 'drizzle-orm', 'fastify', 'pino', '@orpc/server', 'zod'])
      expect(manifest.dependencies, name).toHaveProperty(name);
    for (const name of ['electron', 'electron-builder', 'react', 'node'])
      expect(manifest.devDependencies, name).toHaveProperty(name);
  });
});

describe('the icons', () => {
  it('are there for every platform, in the containers that its installer wants', () => {
    expect(readFileSync(join(icons, 'icon.ico')).subarray(0, 4)).toEqual(Buffer.from([0, 0, 1, 0]));
    const icns = readFileSync(join(icons, 'icon.icns'));
    expect(icns.toString('ascii', 0, 4)).toBe('icns');
    expect(icns.readUInt32BE(4)).toBe(icns.length);
    for (const side of [16, 32, 48, 64, 128, 256, 512]) {
      const png = readFileSync(join(icons, `png/${side}x${side}.png`));
      expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([side, side]);
    }
  });

  it('are put into a Windows icon so that each entry leads to its image', () => {
    const images = new Map([
      [16, Buffer.from('small')],
      [256, Buffer.from('large image')],
    ]);
    const ico = encodeIco(images);
    expect(ico.readUInt16LE(4)).toBe(2);
    const entries = [0, 1].map((index) => {
      const at = 6 + index * 16;
      const offset = ico.readUInt32LE(at + 12);
      return { side: ico.readUInt8(at), image: ico.toString('utf8', offset, offset + ico.readUInt32LE(at + 8)) };
    });
    expect(entries).toEqual([
      { side: 16, image: 'small' },
      { side: 0, image: 'large image' },
    ]);
    expect(() => encodeIco(new Map([[512, Buffer.alloc(0)]]))).toThrow(RangeError);
  });

  it('are put into a macOS icon by type, twice where a denser screen uses them too', () => {
    const icns = encodeIcns(
      new Map([
        [256, Buffer.from('abc')],
        [24, Buffer.from('left out')],
      ]),
    );
    const types: string[] = [];
    for (let at = 8; at < icns.length; at += icns.readUInt32BE(at + 4)) types.push(icns.toString('ascii', at, at + 4));
    expect(types).toEqual(['ic08', 'ic13']);
    expect(icns.readUInt32BE(4)).toBe(icns.length);
  });
});
