/**
 * `npm start`: installs and builds what is missing, then opens the desktop console; where that is not possible, the same
 * console in the browser. Arguments go to the console as they are (`--demo`, `--data-dir DIR`), except:
 *   --browser   use the browser even where the desktop console could run
 *   --no-open   print the address, open nothing
 *   --verbose   show the engine's whole log, not only warnings and errors
 */
import { runBrowserConsole } from './launch/browser-console.mjs';
import { findDesktop, runDesktopConsole } from './launch/desktop-console.mjs';
import { ensureBuilt } from './launch/ensure-built.mjs';
import { ensureInstalled } from './launch/ensure-installed.mjs';
import { requireRuntime } from './launch/find-runtime.mjs';
import { exitWith, projectRoot, say } from './launch/project.mjs';

const ownArguments = ['--browser', '--no-open', '--verbose'];
const given = new Set(process.argv.slice(2));
const passedOn = process.argv.slice(2).filter((argument) => !ownArguments.includes(argument));

await exitWith(async () => {
  await ensureInstalled(projectRoot);
  const runtime = requireRuntime(projectRoot);
  await ensureBuilt(projectRoot, runtime);

  let reason = 'the browser was asked for';
  if (!given.has('--browser')) {
    const desktop = await findDesktop(projectRoot, runtime);
    if (desktop.ok) {
      const end = await runDesktopConsole(projectRoot, desktop.path, passedOn);
      if ('code' in end) return end.code;
      reason = end.failure;
    } else {
      reason = desktop.reason;
    }
  }
  say(`${reason}: the console runs in the browser instead of its own window`);
  return runBrowserConsole({
    root: projectRoot,
    runtime,
    serveArguments: passedOn,
    mayOpen: !given.has('--no-open'),
    isVerbose: given.has('--verbose'),
  });
});
