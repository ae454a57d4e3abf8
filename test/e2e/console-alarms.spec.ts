import { callEngine, expect, openScreen, postAlarm, rowOf, test } from './console-steps.ts';

test('an alarm posted over HTTP is in the feed and on the situation', async ({ token, pedkai, page }) => {
  await openScreen(page, 'Alarms');
  await postAlarm(pedkai.url, token, { entity_id: 'OSLO-7', severity: 'critical', text: 'Loss of light' });
  await expect(rowOf(page, 'OSLO-7')).toContainText('Loss of light');
  await expect(page.getByText('1 listed of 1 at hand')).toBeVisible();
  await page.getByRole('navigation', { name: 'Screens' }).getByRole('link', { name: 'Situation' }).click();
  await expect(page.getByText(/OSLO-7/).first()).toBeVisible();
});

test('acknowledging with a key shows at once, reaches the engine, and can be undone', async ({
  token,
  pedkai,
  page,
}) => {
  await openScreen(page, 'Alarms');
  await postAlarm(pedkai.url, token, { entity_id: 'OSLO-7' });
  const row = rowOf(page, 'OSLO-7');
  await expect(row).toContainText('unacked');
  await page.keyboard.press('j');
  await page.keyboard.press('a');
  await expect(row).not.toContainText('unacked');
  await expect(page.getByText('Acknowledged 1 alarm')).toBeVisible();
  const stored = async () => (await callEngine(pedkai.url, token, '/alarms')).answer;
  expect(await stored()).toMatchObject({ items: [{ entity_id: 'OSLO-7', ack_state: 'acked' }] });

  await page.keyboard.press('u');
  await expect(row).toContainText('unacked');
  await expect.poll(stored).toMatchObject({ items: [{ ack_state: 'unacked' }] });
});

test('shelving asks for time and reason; what is hidden is counted and can be shown', async ({
  token,
  pedkai,
  page,
}) => {
  await openScreen(page, 'Alarms');
  await postAlarm(pedkai.url, token, { entity_id: 'OSLO-7' });
  await postAlarm(pedkai.url, token, { entity_id: 'BERGEN-1' });
  await expect(rowOf(page, 'BERGEN-1')).toBeVisible();
  await rowOf(page, 'OSLO-7').click();
  await page.keyboard.press('s');
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('button', { name: 'Shelve' })).toBeDisabled();
  await dialog.getByRole('button', { name: '15 min' }).click();
  await dialog.getByLabel('Reason').fill('planned work');
  await page.keyboard.press('Enter');

  await expect(page.getByText('1 shelved — show')).toBeVisible();
  await page.mouse.move(0, 0);
  await page.keyboard.press('.');
  await expect(rowOf(page, 'OSLO-7')).toHaveCount(0);
  await expect(rowOf(page, 'BERGEN-1')).toBeVisible();
  await page.getByRole('button', { name: 'show' }).click();
  await expect(rowOf(page, 'OSLO-7')).toContainText('until');
  await expect(page).toHaveURL(/show=shelved/);

  await rowOf(page, 'OSLO-7').dblclick();
  await expect(page.getByRole('complementary', { name: 'Alarm details' })).toContainText('planned work');
});

test('what the engine refuses is said plainly and nothing is changed', async ({ token, pedkai, page }) => {
  const at = new Date().toISOString();
  await postAlarm(pedkai.url, token, { entity_id: 'OSLO-7', raised_at: at });
  await postAlarm(pedkai.url, token, { entity_id: 'OSLO-7', raised_at: at, cleared_at: at, severity: 'cleared' });
  await postAlarm(pedkai.url, token, { entity_id: 'BERGEN-1' });
  await openScreen(page, 'Alarms');
  await page.getByRole('button', { name: 'show' }).click();
  await expect(rowOf(page, 'OSLO-7')).toBeVisible();
  await page.getByRole('grid').focus();
  await page.keyboard.press('ControlOrMeta+a');
  await expect(page.getByText('2 alarms selected')).toBeVisible();
  await page.keyboard.press('s');
  await page.getByRole('dialog').getByLabel('Reason').fill('planned work');
  await page.keyboard.press('Enter');

  await expect(page.getByText('1 of 2 alarms were not shelved')).toBeVisible();
  await expect(page.getByText('only a standing alarm can be shelved')).toBeVisible();
  await expect(rowOf(page, 'OSLO-7').first()).toContainText('cleared');
  await expect(rowOf(page, 'BERGEN-1').first()).toContainText('until');
});

test('a comment stands in the history', async ({ token, pedkai, page }) => {
  await openScreen(page, 'Alarms');
  await postAlarm(pedkai.url, token, { entity_id: 'OSLO-7' });
  await rowOf(page, 'OSLO-7').click();
  await page.keyboard.press('c');
  await page.getByRole('dialog').getByLabel('Comment').fill('Field team is on its way');
  await page.keyboard.press('ControlOrMeta+Enter');
  await expect(page.getByText('Commented on 1 alarm')).toBeVisible();
  await page.keyboard.press('Enter');
  const details = page.getByRole('complementary', { name: 'Alarm details' });
  await expect(details).toContainText('Field team is on its way');
  await expect(details).toContainText('raised, major');
});

test('the query narrows the list, names its errors, and stands in the address', async ({ token, pedkai, page }) => {
  await openScreen(page, 'Alarms');
  await postAlarm(pedkai.url, token, { entity_id: 'OSLO-7', severity: 'critical', text: 'fan stopped' });
  await postAlarm(pedkai.url, token, { entity_id: 'BERGEN-1', severity: 'minor' });
  await page.keyboard.press('/');
  await page.keyboard.type('severity:critical entity:OSL* "fan" ');
  await expect(rowOf(page, 'OSLO-7')).toBeVisible();
  await expect(rowOf(page, 'BERGEN-1')).toHaveCount(0);
  await expect(page.getByText('1 listed of 2 at hand')).toBeVisible();
  await page.reload();
  await expect(rowOf(page, 'OSLO-7')).toBeVisible();
  await expect(rowOf(page, 'BERGEN-1')).toHaveCount(0);

  await page.getByRole('textbox', { name: 'Query' }).fill('sevrity:critical');
  await expect(page.getByText('“sevrity” is not a field')).toBeVisible();
  await expect(page.getByText('2 listed of 2 at hand')).toBeVisible();
});

test('a frozen feed stands still and counts what it holds back', async ({ token, pedkai, page }) => {
  await openScreen(page, 'Alarms');
  await postAlarm(pedkai.url, token, { entity_id: 'OSLO-7' });
  await expect(rowOf(page, 'OSLO-7')).toBeVisible();
  await page.keyboard.press('f');
  await expect(page.getByText('nothing held back so far')).toBeVisible();
  await postAlarm(pedkai.url, token, { entity_id: 'BERGEN-1' });
  await expect(page.getByText(/held back: 1 new/)).toBeVisible();
  await expect(rowOf(page, 'BERGEN-1')).toHaveCount(0);
  await page.keyboard.press('f');
  await expect(rowOf(page, 'BERGEN-1')).toBeVisible();
});

test('nothing moves under the cursor: arrivals go above and are announced', async ({ token, pedkai, page }) => {
  await openScreen(page, 'Alarms');
  for (const entity_id of ['A-1', 'A-2', 'A-3']) await postAlarm(pedkai.url, token, { entity_id });
  await expect(page.getByText('3 listed of 3 at hand')).toBeVisible();
  await rowOf(page, 'A-2').click();
  const place = await rowOf(page, 'A-2').boundingBox();
  await postAlarm(pedkai.url, token, { entity_id: 'B-1' });
  await postAlarm(pedkai.url, token, { entity_id: 'A-3', severity: 'critical' });
  await expect(page.getByText('1 new above')).toBeVisible();
  expect((await rowOf(page, 'A-1').boundingBox())?.y).toBeGreaterThan(place?.y ?? 0);
  expect(await rowOf(page, 'A-2').getAttribute('data-cursor')).toBe('true');
  await page.keyboard.press('.');
  await expect(page.getByText('1 new above')).toHaveCount(0);
});
