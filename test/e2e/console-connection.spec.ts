import { once } from 'node:events';
import { startEngineProcess } from '#test/support/hosts/engine-process.ts';
import { expect, openScreen, postAlarm, rowOf, test } from './console-steps.ts';

test('an engine that was killed comes back and the console goes on without a gap', async ({
  host,
  token,
  dataFolder,
  openBrowser,
}) => {
  test.skip(host !== 'headless', 'the engine of this host cannot be killed apart from its window');
  const killed = await startEngineProcess(['--data-dir', dataFolder]);
  const context = await (await openBrowser()).newContext();
  const page = await context.newPage();
  await page.goto(killed.consoleUrl);
  await openScreen(page, 'Alarms');
  await postAlarm(killed.url, token, { entity_id: 'BEFORE-1' });
  await expect(rowOf(page, 'BEFORE-1')).toBeVisible();
  await page.evaluate(() => Reflect.set(window, 'sameDocument', true));

  const ended = once(killed.process, 'close');
  killed.process.kill('SIGKILL');
  await ended;
  await expect(page.getByText(/Engine gone — reconnecting/)).toBeVisible();
  await expect(rowOf(page, 'BEFORE-1'), 'what was there stays').toBeVisible();

  const back = await startEngineProcess(['--data-dir', dataFolder, '--port', new URL(killed.url).port]);
  try {
    expect(back.url).toBe(killed.url);
    for (const entity_id of ['MEANWHILE-1', 'MEANWHILE-2']) await postAlarm(back.url, token, { entity_id });
    await expect(rowOf(page, 'MEANWHILE-1')).toBeVisible({ timeout: 40_000 });
    await expect(rowOf(page, 'MEANWHILE-2')).toBeVisible();
    await postAlarm(back.url, token, { entity_id: 'AFTER-1' });
    await expect(rowOf(page, 'AFTER-1')).toBeVisible();
    await expect(page.getByText('4 listed of 4 at hand')).toBeVisible();
    await expect(page.getByText(/Engine gone — /)).toHaveCount(0);
    expect(await page.evaluate(() => Reflect.get(window, 'sameDocument')), 'without a reload').toBe(true);
  } finally {
    await context.close();
    expect(await back.stop()).toBe(0);
  }
});
