import { z } from 'zod';
import { callEngine, expect, openScreen, postAlarm, rowOf, test } from './console-steps.ts';

const listSchema = z.object({ items: z.array(z.object({ incident_id: z.string(), state: z.string() })) });

test('an incident goes through its life from alarm to closed', async ({ token, pedkai, page }) => {
  await postAlarm(pedkai.url, token, { entity_id: 'OSLO-7', severity: 'critical' });
  await openScreen(page, 'Incidents');
  await rowOf(page, 'OSLO-7').getByRole('link').first().click();

  const step = page.getByRole('list', { name: 'Life of the incident' }).locator('[aria-current="step"]');
  await expect(step).toHaveText('new');
  await expect(page.getByRole('button', { name: /^Resolve/ })).toHaveCount(0);
  await page.keyboard.press('a');
  await expect(step).toHaveText('acknowledged');
  await page.keyboard.press('o');
  await expect(page.getByText('that is you')).toBeVisible();
  await page.getByRole('button', { name: /^Start work/ }).click();
  await expect(step).toHaveText('in progress');

  await page.getByRole('textbox', { name: 'Note' }).fill('Splice team is on site');
  await page.getByRole('button', { name: /^Keep/ }).click();
  await expect(page.getByRole('listitem').filter({ hasText: 'Splice team is on site' })).toBeVisible();
  await expect(page.getByRole('textbox', { name: 'Note' })).toHaveValue('');

  await page.getByRole('textbox', { name: 'Give it to' }).fill('R. Osei');
  await page.getByRole('button', { name: 'Assign', exact: true }).click();
  await expect(page.getByRole('complementary', { name: 'Facts and owner' })).toContainText('R. Osei');

  await page.getByRole('button', { name: /^Resolve/ }).click();
  await expect(step).toHaveText('resolved');
  await page.getByRole('button', { name: /^Close/ }).click();
  await expect(step).toHaveText('closed');
  await page.getByRole('button', { name: /^Reopen/ }).click();
  await expect(step).toHaveText('in progress');
  const stored = listSchema.parse((await callEngine(pedkai.url, token, '/incidents')).answer);
  expect(stored.items.map((incident) => incident.state)).toEqual(['in_progress']);
});

test('an incident is opened by hand', async ({ token, pedkai, page }) => {
  await openScreen(page, 'Incidents');
  await expect(page.getByText('There is no incident')).toBeVisible();
  await page.keyboard.press('n');
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('What happens').fill('Customer reports: no dial tone in Skien');
  await dialog.getByRole('button', { name: 'Open' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Customer reports: no dial tone in Skien');
  await expect(page.getByText('by hand, without a happening')).toBeVisible();
  expect((await callEngine(pedkai.url, token, '/incidents')).answer).toMatchObject({
    items: [{ title: 'Customer reports: no dial tone in Skien', state: 'new' }],
  });
});

test('a step that somebody else made impossible is refused in plain words', async ({ host, token, pedkai, page }) => {
  test.skip(host !== 'headless', 'calls of this host do not go over HTTP, so the test cannot step in between');
  await postAlarm(pedkai.url, token, { entity_id: 'OSLO-7', severity: 'critical' });
  await openScreen(page, 'Incidents');
  await rowOf(page, 'OSLO-7').getByRole('link').first().click();
  const stored = listSchema.parse((await callEngine(pedkai.url, token, '/incidents')).answer);
  const id = stored.items[0]?.incident_id ?? '';

  await page.route('**/rpc/incidents/ack', async (route) => {
    for (const step of ['ack', 'resolve']) {
      expect((await callEngine(pedkai.url, token, `/incidents/${id}/${step}`, {})).status).toBe(200);
    }
    await route.continue();
  });
  await page.getByRole('button', { name: /^Acknowledge/ }).click();
  await expect(page.getByText('Acknowledge: refused, nothing was changed')).toBeVisible();
  await expect(page.getByText('from there it can only become')).toBeVisible();
  const step = page.getByRole('list', { name: 'Life of the incident' }).locator('[aria-current="step"]');
  await expect(step).toHaveText('resolved');
});
