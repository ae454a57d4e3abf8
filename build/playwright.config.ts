import { fileURLToPath } from 'node:url';
import { defineConfig } from '@playwright/test';
import type { HostOptions } from '../test/e2e/fixtures.ts';
import { hostStarters } from '../test/support/hosts/start-host.ts';
import { findBrowser } from './checks/find-browser.mjs';
import { hasDisplay } from './launch/has-display.mjs';
import { findElectron } from './launch/has-electron.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const { PEDKAI_E2E_REPORT: report } = process.env;

const browser = findBrowser(root);
if (!browser.ok) throw new Error(`${browser.reason}; npm test installs one.`);

// A host that this machine lacks is no project; who starts the tests says so in the report.
const hosts = [...hostStarters.keys()].filter((host) => host !== 'electron' || (hasDisplay() && findElectron(root).ok));

/** The same specs on every host that is here; one project a host. */
export default defineConfig<HostOptions>({
  testDir: '../test/e2e',
  testMatch: '**/*.{test,spec}.ts',
  outputDir: '../test-results',
  fullyParallel: true,
  forbidOnly: true,
  workers: 2,
  retries: 0,
  timeout: 120_000,
  expect: { timeout: 15_000 },
  reporter: report === undefined ? [['list']] : [['list'], ['json', { outputFile: report }]],
  use: {
    launchOptions: { executablePath: browser.path },
    viewport: { width: 1440, height: 900 },
    locale: 'en-GB',
    timezoneId: 'UTC',
    screenshot: 'only-on-failure',
  },
  projects: hosts.map((host) => ({
    name: host,
    use: { host },
    // These specs are about the desktop shell, which the headless host does not have.
    ...(host === 'headless' ? { testIgnore: '**/shell*.spec.ts' } : {}),
  })),
});
