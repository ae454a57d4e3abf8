import { createToken } from '#test/support/hosts/command-line.ts';
import { test as base, expect } from './fixtures.ts';

const tenant = 'northern-grid';

/** Made before the console starts, which then opens on the only tenant there is. */
const test = base.extend<{ token: string }>({
  token: async ({ dataFolder }, use) => use(await createToken(dataFolder, tenant, ['ALARM_WRITE'])),
});

test('an alarm that a source posts is on the screen, and still there after a reload', async ({
  token,
  pedkai,
  page,
}) => {
  await page.getByRole('link', { name: 'Alarms' }).click();
  await expect(page.getByRole('heading', { name: 'Alarms' })).toBeVisible();

  const answer = await fetch(`${pedkai.url}/api/v1/alarms/ingest`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      entity_id: 'OSLO-ROUTER-7',
      alarm_type: 'LINK_DOWN',
      severity: 'major',
      raised_at: new Date().toISOString(),
      source_system: 'test-feed',
    }),
  });
  expect(answer.status).toBe(202);
  expect(await answer.json()).toMatchObject({ tenant_id: tenant, status: 'accepted' });

  await expect(page.getByText('OSLO-ROUTER-7').first()).toBeVisible();
  await page.reload();
  await expect(page.getByText('OSLO-ROUTER-7').first()).toBeVisible();
});
