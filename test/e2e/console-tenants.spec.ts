import { createToken } from '#test/support/hosts/command-line.ts';
import { callEngine, expect, openScreen, postAlarm, rowOf, test } from './console-steps.ts';

const other = 'southern-grid';
const both = test.extend<{ otherToken: string }>({
  otherToken: async ({ dataFolder }, use) => {
    await use(await createToken(dataFolder, other, ['ALARM_READ', 'ALARM_WRITE', 'INCIDENT_READ']));
  },
});

both('two tenants never mix', async ({ token, otherToken, pedkai, page }) => {
  await postAlarm(pedkai.url, token, { entity_id: 'NORTH-1', severity: 'critical' });
  await postAlarm(pedkai.url, otherToken, { entity_id: 'SOUTH-1', severity: 'critical' });
  await openScreen(page, 'Alarms');
  const shown = page.getByRole('button', { name: /^Tenant .*, switch$/ });
  const first = (await shown.innerText()).trim();
  const [mine, theirs] = first === other ? ['SOUTH-1', 'NORTH-1'] : ['NORTH-1', 'SOUTH-1'];
  await expect(rowOf(page, mine)).toBeVisible();
  await expect(page.getByText('1 listed of 1 at hand')).toBeVisible();
  await expect(page.getByText(theirs)).toHaveCount(0);

  await shown.click();
  await page.getByRole('menuitem', { name: first === other ? 'northern-grid' : other }).click();
  await expect(rowOf(page, theirs)).toBeVisible();
  await expect(page.getByText('1 listed of 1 at hand')).toBeVisible();
  await expect(page.getByText(mine)).toHaveCount(0);
  await openScreen(page, 'Incidents');
  await expect(rowOf(page, theirs)).toBeVisible();
  await expect(page.getByText(mine)).toHaveCount(0);

  for (const [holder, own] of [
    [token, 'NORTH-1'],
    [otherToken, 'SOUTH-1'],
  ] as const) {
    expect((await callEngine(pedkai.url, holder, '/alarms')).answer).toMatchObject({ items: [{ entity_id: own }] });
    const found = await callEngine(
      pedkai.url,
      holder,
      `/alarms?entity_id=${own === 'NORTH-1' ? 'SOUTH-1' : 'NORTH-1'}`,
    );
    expect(found.answer).toMatchObject({ items: [] });
  }
});
