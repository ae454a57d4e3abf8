import path from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { batchOutputSchema } from '#shared/api/alarms.ts';
import { ledgerSchema } from '#shared/api/ledger.ts';
import { ask } from '#test/support/engine/http-client.ts';
import { kill, serve } from '#test/support/engine/processes.ts';
import { report } from '#test/support/engine/reports.ts';
import { alarmsOf, ledgerOf, postAlarm, postBatch, startEngine } from '#test/support/engine/running-engine.ts';
import { temporaryFolder } from '#test/support/engine/temporary-folder.ts';
import { createToken } from '#test/support/hosts/command-line.ts';

/** Processes and threads start slowly on a loaded machine; nothing here passes by waiting. */
const patience = 180_000;

const linesOf = (count: number) =>
  Array.from({ length: count }, (_, index) =>
    JSON.stringify(report({ event_id: `e-${index}`, entity_id: `E${index % 300}`, specific_problem: `port ${index}` })),
  );

describe('who asks after a 202', () => {
  it(
    'finds what it has sent, however much was sent with it',
    async () => {
      const engine = await startEngine({ inThread: true });
      const token = engine.token('acme');
      const count = 1_000;
      expect((await postBatch(engine, token, linesOf(count))).status).toBe(202);
      expect(await alarmsOf(engine, token, `?event_id=e-${count - 1}`)).toHaveLength(1);
      expect(await ledgerOf(engine, token)).toMatchObject({ received: count, new: count });
      await postAlarm(engine, token, { event_id: 'single', entity_id: 'S' });
      expect(await alarmsOf(engine, token, '?entity_id=S')).toHaveLength(1);
      await postAlarm(engine, token, { event_id: 'single', entity_id: 'S' });
      expect(await ledgerOf(engine, token)).toMatchObject({ received: count + 2, new: count + 1, duplicate: 1 });
    },
    patience,
  );

  it('is not kept waiting by what nobody was told yet, and sees the lag in the metrics', async () => {
    const engine = await startEngine();
    const token = engine.token('acme');
    await postAlarm(engine, token);
    await ledgerOf(engine, token);
    const metrics = (await engine.ask({ path: '/metrics' })).text;
    expect(metrics).toMatch(/^pedkai_journal_lag 0$/m);
    expect(metrics).toMatch(/^pedkai_journal_lag_max \d+$/m);
  });
});

const countSchema = z.object({ n: z.number() });

function countIn(dataFolder: string, sql: string): number {
  const client = new Database(path.join(dataFolder, 'pedkai.db'), { readonly: true });
  try {
    return countSchema.parse(client.prepare(sql).get()).n;
  } finally {
    client.close();
  }
}

describe('serve, killed between accepting and working in', () => {
  it(
    'works in after its start what it had only accepted, once',
    async () => {
      const dataFolder = temporaryFolder();
      const token = await createToken(dataFolder, 'acme', ['ALARM_READ', 'ALARM_WRITE']);
      const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/x-ndjson' };
      const send = (url: string, lines: readonly string[]) =>
        ask(url, { method: 'POST', path: '/api/v1/alarms/ingest/batch', headers, body: lines.join('\n') });
      const first = await serve(dataFolder);
      const lines = linesOf(6_000);
      const answer = batchOutputSchema.parse((await send(first.url, lines)).json());
      await kill(first.process);
      expect(answer).toEqual({ accepted: lines.length, duplicate: 0, rejected: [] });
      const behind = countIn(
        dataFolder,
        `SELECT (SELECT max(position) FROM journal) - coalesce((SELECT position FROM handler_positions WHERE handler = 'alarms'), 0) AS n`,
      );
      expect(behind).toBeGreaterThan(0);

      const second = await serve(dataFolder);
      const again = batchOutputSchema.parse((await send(second.url, lines.slice(-100))).json());
      expect(again).toEqual({ accepted: 0, duplicate: 100, rejected: [] });
      const readLedger = async () =>
        ledgerSchema.parse((await ask(second.url, { path: '/api/v1/ledger', headers })).json());
      const complete = { received: lines.length + 100, new: lines.length, duplicate: 100, repeated: 0 };
      await expect.poll(readLedger, { timeout: 60_000 }).toMatchObject(complete);
      expect(await second.stop()).toBe(0);
      expect(countIn(dataFolder, 'SELECT count(*) AS n FROM alarms')).toBe(lines.length);
      expect(countIn(dataFolder, 'SELECT count(*) AS n FROM alarm_history')).toBe(lines.length);
      expect(countIn(dataFolder, 'SELECT count(*) AS n FROM handler_faults')).toBe(0);
    },
    patience,
  );
});
