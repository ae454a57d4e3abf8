import { expect, openScreen, postAlarm, rowOf, test } from './console-steps.ts';

const markup = '<img src=x onerror="document.title=\'broken\'"><script>document.title="broken"</script>';
const hostile = [
  { entity_id: 'H-1', text: markup },
  { entity_id: 'H-2', text: 'turned \u202Earound\u202E and never turned back' },
  { entity_id: 'H-3', text: `عنوان ${'طويل '.repeat(40)}` },
  { entity_id: 'H-4', text: 'x'.repeat(10_000) },
  { entity_id: 'H-5', text: `${'🔥'.repeat(200)} ${'Z̵̢̛̙a̴̧̛'.repeat(50)}` },
  { entity_id: 'H-6', text: 'several\nlines\r\nof\ttext' },
  { entity_id: `H-7 ${markup}`.slice(0, 256), text: 'markup in the name' },
];

test('hostile texts neither run nor break the layout', async ({ token, pedkai, page }) => {
  await openScreen(page, 'Alarms');
  await expect(page).toHaveTitle(/Pedkai/);
  for (const alarm of hostile) await postAlarm(pedkai.url, token, { ...alarm, severity: 'critical' });
  await expect(page.getByText(`${hostile.length} listed of ${hostile.length} at hand`)).toBeVisible();
  await expect(rowOf(page, 'H-1')).toContainText('<img src=x');

  for (const { entity_id } of hostile) {
    const row = rowOf(page, entity_id.slice(0, 3));
    expect((await row.boundingBox())?.height, entity_id).toBeCloseTo(28, 0);
    await row.click();
    await page.keyboard.press('Enter');
    const details = page.getByRole('complementary', { name: 'Alarm details' });
    await expect(details.getByRole('heading', { level: 2 }).first()).toContainText(entity_id.slice(0, 3));
    expect(await details.evaluate((panel) => panel.scrollWidth - panel.clientWidth)).toBeLessThanOrEqual(0);
    await page.keyboard.press('Escape');
  }
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(wide).toBeLessThanOrEqual(0);
  await expect(page).toHaveTitle(/Pedkai/);

  // The arrival time stands at its place whatever the direction of the text beside it.
  const cells = rowOf(page, 'H-2').getByRole('gridcell');
  const lefts = await cells.evaluateAll((all) => all.map((cell) => cell.getBoundingClientRect().left));
  expect(lefts).toEqual(lefts.toSorted((left, right) => left - right));

  await openScreen(page, 'Incidents');
  await expect(rowOf(page, 'H-7')).toBeVisible();
  await expect(page).toHaveTitle(/Pedkai/);
});
