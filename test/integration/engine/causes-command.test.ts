import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '#test/support/engine/temporary-folder.ts';
import { runPedkai } from '#test/support/hosts/command-line.ts';

const line = (entity: number, type: string, seconds: number) =>
  JSON.stringify({
    entity_id: `site-${entity}`,
    alarm_type: type,
    severity: 'major',
    raised_at: new Date(Date.UTC(2026, 0, 1) + seconds * 1_000).toISOString(),
  });

it('causes are learned from a recording, the cause before its effect', async () => {
  const file = path.join(temporaryFolder(), 'alarms.jsonl');
  const lines = Array.from({ length: 300 }, (_, index) => {
    const at = index * 5_000 + ((index * 7_919) % 1_000);
    const site = index % 20;
    return [
      line(site, 'POWER', at),
      line(site, 'LINK', at + 10 + (index % 5)),
      line((site + 7) % 20, 'DOOR', at + 2_500),
    ];
  }).flat();
  writeFileSync(file, lines.join('\n'));
  const { code, stdout } = await runPedkai(['causes', file]);
  expect(code).toBe(0);
  const pairs = stdout
    .trim()
    .split('\n')
    .map((text) => JSON.parse(text));
  expect(pairs[0]).toMatchObject({ cause: 'POWER', effect: 'LINK' });
  expect(pairs[0].lag_s).toBeGreaterThan(5);
  expect(pairs[0].lag_s).toBeLessThan(20);
  expect(pairs.filter((pair) => pair.cause === 'LINK' || pair.effect === 'DOOR' || pair.cause === 'DOOR')).toEqual([]);
});
