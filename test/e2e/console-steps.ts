import type { Page } from '@playwright/test';
import { createToken } from '#test/support/hosts/command-line.ts';
import { test as base, expect } from './fixtures.ts';

export const tenant = 'northern-grid';

/** Playwright's `test` with a token that may do everything an integration may; made before the console starts. */
export const test = base.extend<{ token: string }>({
  token: async ({ dataFolder }, use) => {
    const scopes = ['ALARM_READ', 'ALARM_WRITE', 'INCIDENT_READ', 'INCIDENT_WRITE'];
    await use(await createToken(dataFolder, tenant, scopes));
  },
});

export { expect };

/** Calls the engine over HTTP with a token; a body makes it a POST. @returns status and JSON body */
export async function callEngine(url: string, token: string, path: string, body?: unknown) {
  const response = await fetch(`${url}/api/v1${path}`, {
    ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
  });
  const answer: unknown = await response.json();
  return { status: response.status, answer };
}

/** Posts one alarm as a source does and waits for the engine's word that it is on disk. */
export async function postAlarm(url: string, token: string, alarm: Readonly<Record<string, unknown>>): Promise<void> {
  const body = {
    alarm_type: 'LINK_DOWN',
    severity: 'major',
    raised_at: new Date().toISOString(),
    source_system: 'test-feed',
    ...alarm,
  };
  const { status, answer } = await callEngine(url, token, '/alarms/ingest', body);
  expect(status, JSON.stringify(answer)).toBe(202);
}

/** Goes to a screen by its entry in the rail. */
export async function openScreen(page: Page, name: string): Promise<void> {
  await page.getByRole('navigation', { name: 'Screens' }).getByRole('link', { name }).click();
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
}

/** The row of an alarm or an incident by a text that only it holds. */
export function rowOf(page: Page, text: string) {
  return page.getByRole('row').filter({ hasText: text });
}
