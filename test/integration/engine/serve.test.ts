import path from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { batchOutputSchema, ingestOutputSchema } from '#shared/api/alarms.ts';
import { ledgerSchema } from '#shared/api/ledger.ts';
import { ask } from '#test/support/engine/http-client.ts';
import { kill, serve } from '#test/support/engine/processes.ts';
import { report } from '#test/support/engine/reports.ts';
import { isAlarmOf, isComment, openStream } from '#test/support/engine/sse.ts';
import { temporaryFolder } from '#test/support/engine/temporary-folder.ts';
import { createToken } from '#test/support/hosts/command-line.ts';

/** Processes start slowly on a loaded machine; nothing here passes by waiting. */
const patience = 180_000;
const scopes = ['ALARM_READ', 'ALARM_WRITE'];

const post = (url: string, token: string, fields: object) =>
  ask(url, {
    method: 'POST',
    path: '/api/v1/alarms/ingest',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ ...report(), ...fields }),
  });
const ledgerAt = async (url: string, token: string) =>
  ledgerSchema.parse(
    (await ask(url, { path: '/api/v1/ledger', headers: { authorization: `Bearer ${token}` } })).json(),
  );

function rowsOf(dataFolder: string, sql: string): unknown[] {
  const client = new Database(path.join(dataFolder, 'pedkai.db'), { readonly: true });
  try {
    return client.prepare(sql).all();
  } finally {
    client.close();
  }
}

describe('serve, killed in the middle of a storm', () => {
  it(
    'has everything that was answered 202 when it is started again, once, and its ledger adds up',
    async () => {
      const dataFolder = temporaryFolder();
      const token = await createToken(dataFolder, 'acme', scopes);
      const acknowledged: string[] = [];
      let sent = 0;
      for (let round = 0; round < 2; round += 1) {
        const engine = await serve(dataFolder);
        const enough = acknowledged.length + 400;
        const reached = Promise.withResolvers<void>();
        let isDead = false;
        const acknowledge = (ids: readonly string[]) => {
          acknowledged.push(...ids);
          if (acknowledged.length > enough) reached.resolve();
        };
        const single = async () => {
          while (!isDead) {
            const event_id = `e-${sent++}`;
            const answer = await post(engine.url, token, { event_id, entity_id: `E${sent % 50}` });
            expect(ingestOutputSchema.parse(answer.json()).status).toBe('accepted');
            acknowledge([event_id]);
          }
        };
        const batch = async () => {
          while (!isDead) {
            const ids = Array.from({ length: 40 }, () => `e-${sent++}`);
            const answer = await ask(engine.url, {
              method: 'POST',
              path: '/api/v1/alarms/ingest/batch',
              headers: { authorization: `Bearer ${token}`, 'content-type': 'application/x-ndjson' },
              body: ids
                .map((event_id, index) => JSON.stringify(report({ event_id, entity_id: `F${index}` })))
                .join('\n'),
            });
            expect(batchOutputSchema.parse(answer.json())).toEqual({ accepted: 40, duplicate: 0, rejected: [] });
            acknowledge(ids);
          }
        };
        const cutOff = (error: unknown) => {
          if (!isDead) throw error;
        };
        const sources = [...Array.from({ length: 12 }, single), ...Array.from({ length: 2 }, batch)].map((source) =>
          source.catch(cutOff),
        );
        await Promise.race([reached.promise, Promise.all(sources)]);
        isDead = true;
        await kill(engine.process);
        await Promise.all(sources);
      }
      const engine = await serve(dataFolder);
      const journaled = z
        .array(z.object({ event_id: z.string() }))
        .parse(rowsOf(dataFolder, `SELECT event_id FROM journal WHERE event_type = 'alarm.ingested'`))
        .map((row) => row.event_id);
      const stored = new Set(journaled);
      expect(stored.size).toBe(journaled.length);
      expect(acknowledged.filter((id) => !stored.has(id))).toEqual([]);
      const { received, ...others } = await ledgerAt(engine.url, token);
      expect(received).toBe(journaled.length);
      expect(received).toBe(Object.values(others).reduce((sum, count) => sum + count, 0));
      expect(rowsOf(dataFolder, 'SELECT count(*) AS n FROM alarm_history h JOIN journal j USING (position)')).toEqual([
        { n: journaled.length },
      ]);
      expect(rowsOf(dataFolder, 'SELECT sum(repeat_count + 1) AS n FROM alarms')).toEqual([{ n: journaled.length }]);
      const again = await post(engine.url, token, { event_id: acknowledged[0] });
      expect(ingestOutputSchema.parse(again.json()).status).toBe('duplicate');
      expect(await engine.stop()).toBe(0);
    },
    patience,
  );
});

describe('serve, asked to end', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)(
    'by %s finishes what it accepted and exits 0, streams open or not',
    async (signal) => {
      const dataFolder = temporaryFolder();
      const token = await createToken(dataFolder, 'acme', scopes);
      const engine = await serve(dataFolder);
      const stream = await openStream(engine.url, token);
      await stream.next(isComment('connected'));
      const answers = Array.from({ length: 40 }, (_, index) =>
        post(engine.url, token, { entity_id: `E${index}` }).catch(() => null),
      );
      await stream.next(isAlarmOf('E0'));
      engine.process.kill(signal);
      const accepted = (await Promise.all(answers)).filter((answer) => answer?.status === 202);
      expect(await engine.stop()).toBe(0);
      await stream.rest();
      expect(rowsOf(dataFolder, 'SELECT count(*) AS n FROM alarms')).toEqual([{ n: expect.any(Number) }]);
      const [stored] = z
        .array(z.object({ n: z.number() }))
        .parse(rowsOf(dataFolder, 'SELECT count(*) AS n FROM alarms'));
      expect(stored?.n).toBeGreaterThanOrEqual(accepted.length);
      expect(accepted.length).toBeGreaterThan(0);
    },
    patience,
  );

  it(
    'prints one line on stdout and only JSON lines on stderr',
    async () => {
      const dataFolder = temporaryFolder();
      const token = await createToken(dataFolder, 'acme', scopes);
      const engine = await serve(dataFolder);
      await post(engine.url, token, {});
      expect(new URL(engine.consoleUrl).hash).toMatch(/^#key=.{32,}$/);
      expect(await engine.stop()).toBe(0);
      const lines = engine.log().trimEnd().split('\n');
      expect(lines.length).toBeGreaterThan(2);
      for (const line of lines)
        expect(JSON.parse(line), line).toMatchObject({
          timestamp: expect.any(String),
          level: expect.any(String),
          service: 'pedkai',
        });
    },
    patience,
  );
});
