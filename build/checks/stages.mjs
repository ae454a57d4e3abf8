import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { ensureBuilt } from '../launch/ensure-built.mjs';
import { cacheFolder, PlainFailure } from '../launch/project.mjs';
import { countVitest, oneCheck } from './counts.mjs';
import { runEndToEnd } from './end-to-end.mjs';
import { runStep } from './run-step.mjs';

const minutes = 60_000;

/**
 * @typedef {object} StageContext
 * @property {string} root the project's folder
 * @property {string} runtime the Node that everything runs under
 * @property {readonly string[]} rest arguments for the test runner of the stage
 */

/**
 * The stages of `npm test`, in their order.
 * @type {Record<string, (context: StageContext) => Promise<import('./counts.mjs').Counts>>}
 */
export const stages = {
  types: checkTypes,
  lint: async ({ root, runtime }) => {
    const biome = join(root, 'node_modules', '@biomejs', 'biome', 'bin', 'biome');
    const colors = process.stdout.isTTY ? 'force' : 'off';
    return checkOf(root, runtime, [biome, 'ci', `--colors=${colors}`, '.']);
  },
  imports: async ({ root, runtime }) => checkOf(root, runtime, [join(root, 'build', 'checks', 'imports.mjs')]),
  unit: (context) => runVitest(context, 'unit'),
  integration: (context) => runVitest(context, 'integration'),
  build: async ({ root, runtime }) => {
    try {
      const hasBuilt = await ensureBuilt(root, runtime);
      if (!hasBuilt) console.log('out/ is up to date');
      return oneCheck(true);
    } catch (error) {
      if (!(error instanceof PlainFailure)) throw error;
      console.log(error.message);
      return oneCheck(false);
    }
  },
  e2e: runEndToEnd,
};

/**
 * Every folder with a tsconfig.json is a project of its own; each counts as one check.
 * @param {StageContext} context
 * @returns {Promise<import('./counts.mjs').Counts>}
 */
async function checkTypes({ root, runtime }) {
  const waiting = typeScriptProjects(root);
  const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  const counts = { passed: 0, failed: 0, notes: [] };
  const work = async () => {
    for (let project = waiting.shift(); project !== undefined; project = waiting.shift()) {
      const step = { root, command: runtime, args: [tsc, '-p', project], limitMilliseconds: 5 * minutes };
      const { code, output } = await runStep({ ...step, isCaptured: true });
      console.log(`${code === 0 ? 'passed' : 'failed'}  ${project}${output === '' ? '' : `\n${output.trimEnd()}`}`);
      if (code === 0) counts.passed += 1;
      else counts.failed += 1;
    }
  };
  await Promise.all(Array.from({ length: Math.min(4, availableParallelism()) }, work));
  return counts;
}

/**
 * @param {string} root
 * @returns {string[]} folders relative to the root
 */
function typeScriptProjects(root) {
  const tops = ['build', 'src-shared', 'src-renderer', 'test'];
  const mains = readdirSync(join(root, 'src-main')).map((folder) => join('src-main', folder));
  return [...tops, ...mains].filter((folder) => existsSync(join(root, folder, 'tsconfig.json'))).sort();
}

/**
 * @param {string} root
 * @param {string} runtime
 * @param {readonly string[]} args
 */
async function checkOf(root, runtime, args) {
  const { code } = await runStep({ root, command: runtime, args, limitMilliseconds: 5 * minutes });
  return oneCheck(code === 0);
}

/**
 * @param {StageContext} context
 * @param {'unit' | 'integration'} project
 */
async function runVitest({ root, runtime, rest }, project) {
  const report = join(root, cacheFolder, `${project}.json`);
  mkdirSync(join(root, cacheFolder), { recursive: true });
  rmSync(report, { force: true });
  const args = ['run', '--config', join('build', 'vitest.config.ts'), '--project', project];
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const { code } = await runStep({
    root,
    command: runtime,
    args: [join(root, 'node_modules', 'vitest', 'vitest.mjs'), ...args, ...reporters, ...rest],
    limitMilliseconds: 10 * minutes,
  });
  return countVitest(report, code);
}
