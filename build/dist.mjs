/**
 * `npm run dist`: builds the installers of this platform into dist/. Arguments go to electron-builder as they are (`--dir` for an
 * unpacked folder, `--arm64`, `--win`). What cannot be built here is said in one line, with the reason, and the exit code is 1.
 */
import { dirname, join, resolve } from 'node:path';
import { ensureBuilt } from './launch/ensure-built.mjs';
import { ensureInstalled } from './launch/ensure-installed.mjs';
import { requireRuntime } from './launch/find-runtime.mjs';
import { ensureElectron } from './launch/has-electron.mjs';
import { exitWith, PlainFailure, projectRoot, say } from './launch/project.mjs';
import { startChild } from './launch/run-child.mjs';

/** @type {Readonly<Record<string, string>>} */
const installersByPlatform = {
  linux: 'Linux AppImage and deb',
  win32: 'Windows NSIS',
  darwin: 'macOS dmg',
};
const networkErrors =
  /\b(?:ENOTFOUND|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EAI_AGAIN|ENETUNREACH|cannot resolve|status code \d{3})\b[^\n]*/i;

await exitWith(async () => {
  const installers = installersByPlatform[process.platform];
  if (installers === undefined) throw new PlainFailure(`no installers are configured for ${process.platform}`);
  await ensureInstalled(projectRoot);
  const runtime = requireRuntime(projectRoot);
  const electron = await ensureElectron(projectRoot, runtime);
  if (!electron.ok) {
    throw new PlainFailure(
      `${installers} cannot be built here: Electron's distribution, which every installer contains, is missing (${electron.reason})`,
    );
  }
  await ensureBuilt(projectRoot, runtime);

  const { code, said } = await runBuilder(runtime, distributionFolder(electron.path));
  if (code === 0) {
    say(`${installers}: see ${join(projectRoot, 'dist')}`);
    return 0;
  }
  const network = networkErrors.exec(said)?.[0];
  throw new PlainFailure(
    network === undefined
      ? `${installers} could not be built: electron-builder ended with ${code}, see above`
      : `${installers} cannot be built here: electron-builder's own tools cannot be fetched (${network.trim()})`,
  );
});

/**
 * The unpacked distribution that an executable of Electron belongs to.
 * @param {string} executable
 */
function distributionFolder(executable) {
  // On macOS the executable lies inside the application's bundle: Electron.app/Contents/MacOS/Electron.
  return process.platform === 'darwin' ? resolve(executable, '../../../..') : dirname(executable);
}

/**
 * Runs electron-builder with its output shown, and keeps the end of it.
 * @param {string} runtime
 * @param {string} distribution folder of Electron's unpacked distribution; used when the target is this very platform
 */
async function runBuilder(runtime, distribution) {
  const given = process.argv.slice(2);
  const isForeign = given.some((argument) =>
    /^(?:--(?:win|windows|mac|macos|linux|x64|arm64|ia32|armv7l|universal)|-[wml]+)$/.test(argument),
  );
  const args = [
    join(projectRoot, 'node_modules', 'electron-builder', 'cli.js'),
    'build',
    '--config',
    join('build', 'electron-builder.config.mjs'),
    '--publish',
    'never',
    // For another platform or processor electron-builder fetches that one's distribution itself.
    ...(isForeign ? [] : [`-c.electronDist=${distribution}`]),
    ...given,
  ];
  const { child, ended } = startChild(runtime, args, { cwd: projectRoot, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text) => {
      said = (said + text).slice(-20_000);
      process.stderr.write(text);
    });
  }
  const { code } = await ended;
  return { code, said };
}
