import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { z } from 'zod';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const require = createRequire(import.meta.url);

/** Marks the place of the fuses in an Electron executable, as @electron/fuses looks for it. */
const fuseSentinel = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
const fuseNames = [
  'runAsNode',
  'enableCookieEncryption',
  'enableNodeOptionsEnvironmentVariable',
  'enableNodeCliInspectArguments',
  'enableEmbeddedAsarIntegrityValidation',
  'onlyLoadAppFromAsar',
  'loadBrowserProcessSpecificV8Snapshot',
  'grantFileProtocolExtraPrivileges',
] as const;

const asarSchema = z.object({
  listPackage: z.function({ input: [z.string()], output: z.array(z.string()) }),
  extractAll: z.function({ input: [z.string(), z.string()], output: z.void() }),
});
const fusesSchema = z.object({
  getCurrentFuseWire: z.function({ input: [z.string()], output: z.promise(z.record(z.string(), z.unknown())) }),
});

export interface PackedShell {
  /** Files in the archive, with a leading slash. */
  readonly archived: readonly string[];
  /** Path of the folder beside the archive whose files stay files. */
  readonly unpackedFolder: string;
  /** Names of the fuses that are on. */
  readonly fusesOn: readonly string[];
  /** Main script in a copy of what was packed, far from the project's own packages. */
  readonly shellEntry: string;
}

/**
 * Packs the built shell with electron-builder as an installer for Linux would contain it. In place of Electron's distribution
 * stands a folder with an executable that has fuses and does nothing. Needs `out/`; takes some seconds.
 */
export async function packShell(folder: string): Promise<PackedShell> {
  const distribution = join(folder, 'distribution');
  mkdirSync(join(distribution, 'resources'), { recursive: true });
  mkdirSync(join(distribution, 'locales'));
  for (const name of ['LICENSE', 'LICENSES.chromium.html', 'chrome-sandbox'])
    writeFileSync(join(distribution, name), '');
  const fuses = `\u0001${String.fromCharCode(fuseNames.length)}${'0'.repeat(fuseNames.length)}`;
  writeFileSync(join(distribution, 'electron'), `#!/bin/false\n${fuseSentinel}${fuses}`, { mode: 0o755 });

  const output = join(folder, 'dist');
  await promisify(execFile)(
    process.execPath,
    [
      join(root, 'node_modules/electron-builder/cli.js'),
      'build',
      '--linux',
      '--dir',
      '--publish=never',
      '--config=build/electron-builder.config.mjs',
      `-c.electronDist=${distribution}`,
      `-c.directories.output=${output}`,
    ],
    { cwd: root, maxBuffer: 64 * 1024 * 1024 },
  );
  const program = join(output, process.arch === 'x64' ? 'linux-unpacked' : `linux-${process.arch}-unpacked`);
  const archive = join(program, 'resources/app.asar');
  const asar = asarSchema.parse(require('@electron/asar'));
  const wire = await fusesSchema.parse(require('@electron/fuses')).getCurrentFuseWire(join(program, 'pedkai'));
  const copy = join(folder, 'copy');
  asar.extractAll(archive, copy);
  cpSync(join(program, 'resources/migrations'), join(copy, 'migrations'), { recursive: true });
  return {
    archived: asar.listPackage(archive),
    unpackedFolder: `${archive}.unpacked`,
    fusesOn: fuseNames.filter((_name, index) => wire[index] === '1'.charCodeAt(0)),
    shellEntry: join(copy, 'out/main/index.js'),
  };
}
