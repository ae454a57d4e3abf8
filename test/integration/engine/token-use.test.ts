import { expect, it } from 'vitest';
import { httpConsole } from '#test/support/engine/console-clients.ts';
import { postAlarm, startEngine } from '#test/support/engine/running-engine.ts';

it('a token says when it was last used', async () => {
  const engine = await startEngine();
  const used = engine.token('acme');
  engine.token('acme');
  await postAlarm(engine, used, {});
  const tokens = async () => httpConsole(engine, 'acme').console.tokens.list();
  await expect
    .poll(async () => (await tokens()).filter((token) => token.last_used_at !== null).length, { timeout: 20_000 })
    .toBe(1);
});
