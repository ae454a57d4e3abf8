import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { exclusively } from './exclusively.mjs';
import { cacheFolder, PlainFailure, say } from './project.mjs';

const builtFrom = ['src-shared', 'src-main', 'src-renderer'];
const builtBy = ['electron.vite.config.ts', 'package.json', 'package-lock.json'];
const mustExist = ['out/main/index.js', 'out/renderer/index.html'];
const stampFile = 'out/.built-from';

/**
 * One hash over everything that the build reads: the sources, its configuration and the lock file.
 * @param {string} root the project's folder
 * @returns {string} hexadecimal
 */
export function sourceFingerprint(root) {
  const hash = createHash('sha256');
  const files = [...builtFrom.flatMap((folder) => filesBelow(root, folder)), ...builtBy];
  for (const file of files) {
    const path = join(root, file);
    if (!existsSync(path)) continue;
    const content = readFileSync(path);
    hash.update(`${file.replaceAll('\\', '/')}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
}

/**
 * Whether out/ was built from the sources as they are now.
 * @param {string} root the project's folder
 * @returns {boolean}
 */
export function isBuilt(root) {
  const stamp = join(root, stampFile);
  if (!existsSync(stamp) || mustExist.some((file) => !existsSync(join(root, file)))) return false;
  return readFileSync(stamp, 'utf8').trim() === sourceFingerprint(root);
}

/**
 * Builds the desktop bundles and the console if they are not up to date; the build's output goes to stderr.
 * @param {string} root the project's folder
 * @param {string} runtime the Node to build with
 * @returns {Promise<boolean>} whether it had to build
 * @throws {PlainFailure} when the build fails
 */
export async function ensureBuilt(root, runtime) {
  if (isBuilt(root)) return false;
  await exclusively(
    join(root, cacheFolder, 'build.lock'),
    async () => {
      if (!isBuilt(root)) await build(root, runtime);
    },
    () => say('another start is building the console; waiting for it'),
  );
  return true;
}

/**
 * @param {string} root
 * @param {string} runtime
 */
async function build(root, runtime) {
  say('building the console');
  const started = Date.now();
  // Taken first: a source that changes during the build makes the result stale, not the other way round.
  const fingerprint = sourceFingerprint(root);
  rmSync(join(root, stampFile), { force: true });
  const code = await new Promise((resolve, reject) => {
    const builder = spawn(runtime, [join(root, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js'), 'build'], {
      cwd: root,
      stdio: ['ignore', 2, 2],
    });
    builder.once('error', reject);
    builder.once('exit', resolve);
  });
  if (code !== 0) throw new PlainFailure(`the build failed (exit code ${code}); what it said stands above`);
  const missing = mustExist.filter((file) => !existsSync(join(root, file)));
  if (missing.length > 0) throw new PlainFailure(`the build did not make ${missing.join(' and ')}`);
  writeFileSync(join(root, stampFile), `${fingerprint}\n`);
  say(`console built in ${((Date.now() - started) / 1000).toFixed(1)} s`);
}

/**
 * @param {string} root
 * @param {string} folder relative to the root
 * @returns {string[]} files relative to the root, in an order that does not depend on the file system
 */
function filesBelow(root, folder) {
  if (!existsSync(join(root, folder))) return [];
  const entries = readdirSync(join(root, folder), { withFileTypes: true });
  entries.sort((left, right) => (left.name < right.name ? -1 : 1));
  return entries.flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? filesBelow(root, path) : [path];
  });
}
