import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { _electron, type Page } from '@playwright/test';
import { findElectron } from '#build/launch/has-electron.mjs';
import type { Desktop, DesktopStart } from './desktop.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const startMilliseconds = 30_000;

/** Starts the built shell on Electron itself, where its runtime is. */
export async function startElectron(start: DesktopStart): Promise<Desktop> {
  const electron = findElectron(root);
  if (!electron.ok) throw new Error(electron.reason);
  const environment = Object.entries({ ...process.env, ...start.environment });
  const application = await _electron.launch({
    executablePath: electron.path,
    args: [root, '--data-dir', start.dataFolder, ...start.arguments],
    cwd: root,
    env: Object.fromEntries(environment.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]))),
    timeout: startMilliseconds,
  });
  const shell = application.process();
  let log = '';
  for (const stream of [shell.stdout, shell.stderr])
    stream?.setEncoding('utf8').on('data', (text: string) => {
      log += text;
    });
  const ended = new Promise<number | null>((resolve) => {
    if (shell.exitCode !== null || shell.signalCode !== null) resolve(shell.exitCode);
    shell.once('close', () => resolve(shell.exitCode));
  });
  const given = new Set<Page>();

  return {
    name: 'electron',
    nextPage: async () => {
      const isNew = (page: Page): boolean => !given.has(page);
      const page =
        application.windows().find(isNew) ??
        (await application.waitForEvent('window', { predicate: isNew, timeout: startMilliseconds }));
      given.add(page);
      await page.waitForLoadState('load');
      return page;
    },
    pages: () => application.windows(),
    addressOf: (page) => page.url(),
    browserAddress: (address) => address,
    // As text, like on the stand-in, so that a function that leans on its surroundings fails on both.
    evaluate: (run, argument) =>
      application.evaluate(
        (electron, { source, given }) => new Function(`return (${source});`)()(electron, JSON.parse(given)),
        {
          source: String(run),
          given: JSON.stringify(argument ?? null),
        },
      ),
    ended,
    log: () => log,
    startAgain: async (commandArguments) => {
      const second = spawn(electron.path, ['--no-sandbox', root, '--data-dir', start.dataFolder, ...commandArguments]);
      let said = '';
      second.stderr.setEncoding('utf8').on('data', (text: string) => {
        said += text;
      });
      await once(second, 'close');
      return { code: second.exitCode, log: said };
    },
    stop: async () => {
      if (shell.exitCode === null && shell.signalCode === null) shell.kill('SIGTERM');
      return ended;
    },
  };
}
