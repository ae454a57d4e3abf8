import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, test as base, expect } from '@playwright/test';
import type { HostName, RunningHost } from '#test/support/hosts/running-host.ts';
import { hostStarters } from '#test/support/hosts/start-host.ts';

/** What a project of Playwright's chooses. */
export interface HostOptions {
  /** The host that the console runs on. */
  host: HostName;
}

interface HostFixtures {
  /** Further arguments of the console, such as `--demo`; set with `test.use`. */
  consoleArguments: readonly string[];
  /** An empty folder for the data of this test, removed afterwards. */
  dataFolder: string;
  /** The running console; it must end cleanly, without a script error and without a request to a foreign address. */
  pedkai: RunningHost;
}

interface WorkerFixtures {
  /** Starts Chromium at the first call; one serves all tests of a worker. */
  openBrowser: () => Promise<Browser>;
}

/** Playwright's `test` for specs that run on every host; `page` is the console of the test's own host. */
export const test = base.extend<HostOptions & HostFixtures, WorkerFixtures>({
  host: ['headless', { option: true }],
  consoleArguments: [[], { option: true }],

  openBrowser: [
    async ({ playwright, launchOptions }, use) => {
      const opened = new Map<'browser', Promise<Browser>>();
      await use(() => {
        const browser = opened.get('browser') ?? playwright.chromium.launch(launchOptions);
        opened.set('browser', browser);
        return browser;
      });
      await (await opened.get('browser'))?.close();
    },
    { scope: 'worker' },
  ],

  // biome-ignore lint/correctness/noEmptyPattern: Playwright demands a destructured first parameter.
  dataFolder: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'pedkai-e2e-'));
    await use(folder);
    await rm(folder, { recursive: true, force: true });
  },

  pedkai: async ({ host, consoleArguments, dataFolder, openBrowser }, use) => {
    const start = hostStarters.get(host);
    if (start === undefined) throw new Error(`There is no host "${host}".`);
    const running = await start({ dataFolder, arguments: consoleArguments, openBrowser });
    const problems: string[] = [];
    running.page.on('pageerror', (error) => problems.push(`script error: ${error.message}`));
    running.page.on('request', (request) => {
      const { origin, protocol } = new URL(request.url());
      const isLocal = protocol === 'data:' || protocol === 'blob:' || running.origins.includes(origin);
      if (!isLocal) problems.push(`foreign request: ${request.url()}`);
    });
    try {
      await use(running);
    } finally {
      const exitCode = await running.stop();
      expect(exitCode, 'exit code of the host').toBe(0);
    }
    expect(problems).toEqual([]);
  },

  page: async ({ pedkai }, use) => use(pedkai.page),
});

export { expect };
