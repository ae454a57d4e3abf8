import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, openScreen, postAlarm, rowOf, test } from './console-steps.ts';

/** What axe holds to be serious or critical, in a form that a failing test can show. */
async function seriousFindings(page: Page): Promise<string[]> {
  // Legacy mode works in the page alone; the other one opens a second page, which the shell's windows refuse.
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, help, nodes }) => nodes.map((node) => `${id}: ${help} — ${node.html.slice(0, 200)}`));
}

for (const scheme of ['dark', 'light'] as const) {
  test(`no screen has a serious finding of axe, ${scheme}`, async ({ token, pedkai, page }) => {
    await page.emulateMedia({ colorScheme: scheme });
    for (const severity of ['critical', 'major', 'minor', 'warning', 'indeterminate']) {
      await postAlarm(pedkai.url, token, { entity_id: `OSLO-${severity}`, severity, text: 'a text' });
    }
    await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', scheme);

    await page.getByRole('navigation', { name: 'Screens' }).getByRole('link', { name: 'Situation' }).click();
    await expect(page.getByText(/OSLO-critical/).first()).toBeVisible();
    expect.soft(await seriousFindings(page), 'situation').toEqual([]);

    await openScreen(page, 'Alarms');
    await expect(rowOf(page, 'OSLO-minor')).toBeVisible();
    await rowOf(page, 'OSLO-critical').click();
    await page.keyboard.press('x');
    await page.keyboard.press('a');
    await page.keyboard.press('f');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('complementary', { name: 'Alarm details' })).toContainText('acknowledged by');
    expect.soft(await seriousFindings(page), 'alarms, frozen, with details and a selection').toEqual([]);
    await page.keyboard.press('s');
    await expect(page.getByRole('dialog')).toBeVisible();
    expect.soft(await seriousFindings(page), 'shelve dialog').toEqual([]);
    await page.keyboard.press('Escape');

    await openScreen(page, 'Incidents');
    await expect(rowOf(page, 'OSLO-critical')).toBeVisible();
    expect.soft(await seriousFindings(page), 'incidents').toEqual([]);
    await rowOf(page, 'OSLO-critical').getByRole('link').first().click();
    await expect(page.getByRole('list', { name: 'Life of the incident' })).toBeVisible();
    await expect(page.getByText('Timeline')).toBeVisible();
    expect.soft(await seriousFindings(page), 'incident').toEqual([]);

    await openScreen(page, 'Scorecard');
    await expect(page.getByText('MTTA')).toBeVisible();
    expect.soft(await seriousFindings(page), 'scorecard').toEqual([]);

    await openScreen(page, 'Settings');
    await page.getByRole('button', { name: 'Create' }).click();
    await expect(page.getByText('it is not shown again')).toBeVisible();
    expect.soft(await seriousFindings(page), 'settings').toEqual([]);
  });
}
