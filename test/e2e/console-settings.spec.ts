import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, openScreen, rowOf, tenant, test } from './console-steps.ts';

const run = promisify(execFile);

test('a token made in the settings works with the very line that is shown, until it is revoked', async ({ page }) => {
  await page.getByRole('link', { name: 'Settings' }).first().click();
  await page.getByLabel('Name').fill('netact feed');
  await page.locator('form').getByLabel('Tenant').fill(tenant);
  await page.getByRole('button', { name: 'Create' }).click();
  const fresh = page.getByRole('region', { name: 'New token' });
  await expect(fresh).toContainText('it is not shown again');
  const line = await fresh.locator('pre').filter({ hasText: 'curl' }).innerText();

  const sent = await run('sh', ['-c', `${line} -sS -w '\\n%{http_code}'`]);
  expect(sent.stdout).toContain('"status":"accepted"');
  expect(sent.stdout.trimEnd().endsWith('202')).toBe(true);
  await fresh.getByRole('button', { name: 'I have it' }).click();
  await expect(fresh).toHaveCount(0);

  const row = rowOf(page, 'netact feed');
  await expect(row).toContainText('works');
  await row.getByRole('button', { name: 'Revoke netact feed' }).click();
  await row.getByRole('button', { name: 'Keep' }).click();
  await expect(row).toContainText('works');
  await row.getByRole('button', { name: 'Revoke netact feed' }).click();
  await row.getByRole('button', { name: 'Revoke for good' }).click();
  await expect(row).toContainText('revoked');
  const refused = await run('sh', ['-c', `${line} -sS -o /dev/null -w '%{http_code}'`]);
  expect(refused.stdout).toBe('401');

  await openScreen(page, 'Alarms');
  await expect(page.getByText('1 listed of 1 at hand')).toBeVisible();
});

test('the settings say where the engine is and where it keeps everything', async ({ token, pedkai, page }) => {
  expect(token).not.toBe('');
  await openScreen(page, 'Settings');
  await expect(page.getByText(pedkai.url, { exact: true })).toBeVisible();
  await expect(page.getByText(pedkai.dataFolder, { exact: true })).toBeVisible();
});

test('the theme is chosen and kept', async ({ token, page }) => {
  expect(token).not.toBe('');
  await openScreen(page, 'Settings');
  await page.getByText('Light', { exact: true }).click();
  await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'light');
  await page.reload();
  await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'light');
});
