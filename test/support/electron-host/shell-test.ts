import { test as base, expect } from '#test/e2e/fixtures.ts';
import type { Desktop, StandInDesktop } from './desktop.ts';
import { startElectron } from './start-electron.ts';
import { startStandIn } from './start-stand-in.ts';

interface ShellFixtures {
  /** Starts the shell on the test's data folder and any free port; stopped at the end, whatever happened. */
  startDesktop: (commandArguments?: readonly string[]) => Promise<Desktop>;
  /** The same on the stand-in, with what only it can tell. Use in tests that skip other hosts. */
  startStandInDesktop: (commandArguments?: readonly string[]) => Promise<StandInDesktop>;
}

/** Playwright's `test` for specs about the shell itself, on the stand-in and on Electron. */
export const test = base.extend<ShellFixtures>({
  startDesktop: async ({ host, dataFolder }, use) => {
    const started: Desktop[] = [];
    await use(async (commandArguments = []) => {
      const start = { dataFolder, arguments: ['--port', '0', ...commandArguments] };
      const desktop = host === 'electron' ? await startElectron(start) : startStandIn(start);
      started.push(desktop);
      return desktop;
    });
    for (const desktop of started) await desktop.stop();
  },
  startStandInDesktop: async ({ dataFolder }, use) => {
    const started: StandInDesktop[] = [];
    await use(async (commandArguments = []) => {
      const desktop = startStandIn({ dataFolder, arguments: ['--port', '0', ...commandArguments] });
      started.push(desktop);
      return desktop;
    });
    for (const desktop of started) await desktop.stop();
  },
});

export { expect };
