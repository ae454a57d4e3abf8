import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { z } from 'zod';
import { callEngine, expect, openScreen, postAlarm, rowOf, test } from './console-steps.ts';

const clustersSchema = z.object({
  items: z.array(z.object({ cluster_id: z.string(), alarm_count: z.number(), state: z.string() })),
});

async function expectNoSeriousFinding(page: Page, where: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  expect
    .soft(
      serious.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`)),
      where,
    )
    .toEqual([]);
}

test('members are split off a happening by keyboard, with a reason, and the way back', async ({
  token,
  pedkai,
  page,
}) => {
  for (const alarm_type of ['LINK_DOWN', 'FAN_FAIL', 'TEMP_HIGH'])
    await postAlarm(pedkai.url, token, { entity_id: 'OSLO-7', alarm_type, severity: 'critical' });
  const clusters = async () => clustersSchema.parse((await callEngine(pedkai.url, token, '/clusters')).answer).items;
  await expect.poll(async () => (await clusters()).map(({ alarm_count }) => alarm_count)).toEqual([3]);

  await openScreen(page, 'Incidents');
  await page.getByRole('navigation', { name: 'Screens' }).getByRole('link', { name: 'Situation' }).click();
  await page.getByRole('complementary').getByRole('button', { name: /^Open/ }).click();
  await expect(page.getByText('3 members')).toBeVisible();
  await page.getByRole('checkbox', { name: 'Choose OSLO-7 FAN_FAIL' }).check();
  await expectNoSeriousFinding(page, 'cluster with a chosen member');
  await page.getByRole('region', { name: 'Table of members' }).focus();
  await page.keyboard.press('S');
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Why (optional)').fill('the fan is another story');
  await expectNoSeriousFinding(page, 'split dialog');
  await dialog.getByRole('button', { name: 'Split off' }).click();
  await expect(page.getByText('2 members')).toBeVisible();
  await expect(page.getByText('the fan is another story').first()).toBeVisible();
  expect((await clusters()).map(({ alarm_count }) => alarm_count).toSorted()).toEqual([1, 2]);

  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByText('3 members')).toBeVisible();
});

test('planned maintenance suppresses what it covers, in the open, until it is ended', async ({
  token,
  pedkai,
  page,
}) => {
  await postAlarm(pedkai.url, token, { entity_id: 'OSLO-7', severity: 'critical' });
  await postAlarm(pedkai.url, token, { entity_id: 'BERGEN-1', severity: 'major' });
  await openScreen(page, 'Noise');
  await page.getByRole('button', { name: 'Maintenance windows' }).click();
  await expect(page.getByText('No maintenance is planned')).toBeVisible();
  await page.getByRole('button', { name: 'Plan maintenance' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill('Rack swap');
  await dialog.getByLabel('Reason').fill('change 4711');
  await dialog.getByLabel('Value').fill('OSLO-*');
  await expectNoSeriousFinding(page, 'maintenance dialog');
  await dialog.getByRole('button', { name: 'Plan', exact: true }).click();
  await expect(rowOf(page, 'Rack swap')).toContainText('on until');
  await expect(rowOf(page, 'Rack swap').getByRole('link')).toHaveText('1');
  await expectNoSeriousFinding(page, 'maintenance');

  await openScreen(page, 'Alarms');
  await expect(rowOf(page, 'BERGEN-1')).toBeVisible();
  await expect(rowOf(page, 'OSLO-7')).toHaveCount(0);
  await expect(page.getByText('1 in maintenance')).toBeVisible();

  await openScreen(page, 'Noise');
  await page.getByRole('button', { name: /In maintenance/ }).click();
  await expect(rowOf(page, 'OSLO-7')).toBeVisible();
  await expectNoSeriousFinding(page, 'suppressed alarms');
  await page.getByRole('button', { name: 'Maintenance windows' }).click();
  await page.getByRole('button', { name: 'End Rack swap' }).click();
  await page.getByRole('button', { name: 'End for good' }).click();
  await expect(rowOf(page, 'Rack swap')).toContainText('ended by');
  await openScreen(page, 'Alarms');
  await expect(rowOf(page, 'OSLO-7')).toBeVisible();
});

test('a grouping rule is tried on the last day and put in force; a cause is pinned', async ({
  token,
  pedkai,
  page,
}) => {
  for (const alarm_type of ['LINK_DOWN', 'FAN_FAIL'])
    await postAlarm(pedkai.url, token, { entity_id: 'OSLO-7', alarm_type });
  await openScreen(page, 'Settings');
  await page.getByRole('button', { name: 'New rule' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill('fans apart');
  await dialog.getByLabel('Value').nth(0).fill('FAN_FAIL');
  await dialog.getByLabel('Value').nth(1).fill('LINK_DOWN');
  await dialog.getByRole('button', { name: /Preview/ }).click();
  await expect(dialog.getByText('2 alarms replayed')).toBeVisible();
  await expect(dialog.getByText('2 alarms stand in clusters that change')).toBeVisible();
  await expectNoSeriousFinding(page, 'rule dialog');
  await dialog.getByRole('button', { name: 'Put in force' }).click();
  await expect(page.getByText('Never group alarms where alarm type is FAN_FAIL')).toBeVisible();
  const counts = async () =>
    clustersSchema.parse((await callEngine(pedkai.url, token, '/clusters')).answer).items.length;
  await expect.poll(counts).toBe(2);

  await page.getByLabel('Alarm type of the cause').fill('MAINS_FAIL');
  await page.getByLabel('Alarm type of the effect').fill('LINK_DOWN');
  await page.getByRole('button', { name: 'Pin it' }).click();
  await expect(rowOf(page, 'MAINS_FAIL')).toContainText('pinned by');
  await expectNoSeriousFinding(page, 'settings with rules and causes');
});
