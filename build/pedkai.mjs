/**
 * `npm run -s pedkai -- COMMAND …`: the engine's command line under the Node that the packages bring. Nothing of its own
 * on stdout; exit code and signals are the command's.
 */
import { requireHeadlessEntry } from './launch/browser-console.mjs';
import { ensureBuilt } from './launch/ensure-built.mjs';
import { ensureInstalled } from './launch/ensure-installed.mjs';
import { requireRuntime } from './launch/find-runtime.mjs';
import { exitWith, PlainFailure, projectRoot, say } from './launch/project.mjs';
import { startChild } from './launch/run-child.mjs';

const args = process.argv.slice(2);

await exitWith(async () => {
  await ensureInstalled(projectRoot);
  const runtime = requireRuntime(projectRoot);
  const entry = requireHeadlessEntry(projectRoot);
  if (args[0] === 'serve' && !args.includes('--help')) await buildConsole(runtime);
  const { ended } = startChild(runtime, [entry, ...args], { stdio: 'inherit' });
  return (await ended).code;
});

/**
 * `serve` also serves the console; an engine that collects alarms must start even where the console cannot be built.
 * @param {string} runtime
 */
async function buildConsole(runtime) {
  try {
    await ensureBuilt(projectRoot, runtime);
  } catch (error) {
    if (!(error instanceof PlainFailure)) throw error;
    say(`${error.message}; the engine starts without an up-to-date console`);
  }
}
