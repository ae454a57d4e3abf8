/**
 * `npm run bench [-- TOPIC …]`: all benchmarks, or those of some topics, under the Node that the packages bring. Prints a table
 * and writes bench-results/latest.json. Starts under the system's Node 20.
 */
import { join } from 'node:path';
import { ensureInstalled } from './launch/ensure-installed.mjs';
import { requireRuntime } from './launch/find-runtime.mjs';
import { exitWith, projectRoot } from './launch/project.mjs';
import { startChild } from './launch/run-child.mjs';

const args = process.argv.slice(2);

await exitWith(async () => {
  await ensureInstalled(projectRoot);
  const runtime = requireRuntime(projectRoot);
  const entry = join(projectRoot, 'test', 'bench', 'run-all.ts');
  const { ended } = startChild(runtime, [entry, ...args], { cwd: projectRoot, stdio: 'inherit' });
  return (await ended).code;
});
