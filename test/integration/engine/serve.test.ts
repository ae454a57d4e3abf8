import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import path from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { batchOutputSchema, ingestOutputSchema } from '#shared/api/alarms.ts';
import { ledgerSchema } from '#shared/api/ledger.ts';
import { ask } from '#test/support/engine/http-client.ts';
import { kill, pedkai, serve } from '#test/support/engine/processes.ts';
import { at, report } from '#test/support/engine/reports.ts';
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

const oneLine = /^[^\n]+\n$/;

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

describe('serve, where it cannot', () => {
  it(
    'says who holds the data folder',
    async () => {
      const dataFolder = temporaryFolder();
      const engine = await serve(dataFolder);
      const second = await pedkai(['serve', '--data-dir', dataFolder, '--port', '0']);
      expect(second).toMatchObject({ code: 1, stdout: '', stderr: expect.stringMatching(oneLine) });
      expect(second.stderr).toContain(String(engine.process.pid));
      expect(second.stderr).toContain(engine.url);
      await kill(engine.process);
      const third = await serve(dataFolder);
      expect(await third.stop()).toBe(0);
    },
    patience,
  );

  it(
    'names the port that is in use',
    async () => {
      const blocker = createServer();
      await new Promise<void>((resolve) => blocker.listen(0, '127.0.0.1', resolve));
      onTestFinished(() => {
        blocker.close();
      });
      const address = blocker.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      const outcome = await pedkai(['serve', '--data-dir', temporaryFolder(), '--port', String(port)]);
      expect(outcome).toMatchObject({ code: 1, stdout: '' });
      const last = outcome.stderr.trimEnd().split('\n').at(-1);
      expect(last).toMatch(new RegExp(`port ${port} .*in use`));
    },
    patience,
  );

  it(
    'names the data folder that cannot be written',
    async () => {
      const file = path.join(temporaryFolder(), 'file');
      writeFileSync(file, '');
      const outcome = await pedkai(['serve', '--data-dir', path.join(file, 'data'), '--port', '0']);
      expect(outcome).toMatchObject({ code: 2, stdout: '', stderr: expect.stringMatching(oneLine) });
      expect(outcome.stderr).toContain(path.join(file, 'data'));
    },
    patience,
  );

  it.each([
    ['broken', '{"http": ', /config\.json is not a settings file/],
    ['of an unknown key', '{"http":{"prot":1}}', /unknown key http\.prot/],
    ['of a bad value', '{"http":{"port":true}}', /http\.port/],
  ])(
    'names what is wrong with a settings file that is %s',
    async (_what, text, expected) => {
      const dataFolder = temporaryFolder();
      writeFileSync(path.join(dataFolder, 'config.json'), text);
      const outcome = await pedkai(['serve', '--data-dir', dataFolder]);
      expect(outcome).toMatchObject({ code: 2, stdout: '', stderr: expect.stringMatching(oneLine) });
      expect(outcome.stderr).toMatch(expected);
    },
    patience,
  );

  it(
    'refuses a database of a newer version, in one line, and leaves it alone',
    async () => {
      const dataFolder = temporaryFolder();
      await createToken(dataFolder, 'acme', scopes);
      const file = path.join(dataFolder, 'pedkai.db');
      const client = new Database(file);
      client.prepare(`INSERT INTO __drizzle_migrations (hash, created_at) VALUES ('future', 9999999999999)`).run();
      client.close();
      for (const command of [
        ['serve', '--data-dir', dataFolder, '--port', '0'],
        ['token', 'create', '--data-dir', dataFolder, '--tenant', 'acme', '--scope', 'ADMIN'],
      ]) {
        const outcome = await pedkai(command);
        expect(outcome).toMatchObject({ code: 1, stdout: '', stderr: expect.stringMatching(oneLine) });
        expect(outcome.stderr).toContain('newer version');
      }
    },
    patience,
  );

  it.each([
    [
      'the store is no database',
      (folder: string) => writeFileSync(path.join(folder, 'pedkai.db'), 'no database '.repeat(500)),
    ],
    ['the console key cannot be read', (folder: string) => mkdirSync(path.join(folder, 'console.key'))],
    ['the lock cannot be made', (folder: string) => mkdirSync(path.join(folder, 'engine.lock'))],
  ])(
    'says in one line that %s, and ends',
    async (_what, spoil) => {
      const dataFolder = temporaryFolder();
      spoil(dataFolder);
      const outcome = await pedkai(['serve', '--data-dir', dataFolder, '--port', '0']);
      expect(outcome).toMatchObject({ code: 1, stdout: '', stderr: expect.stringMatching(oneLine) });
      expect(outcome.stderr).toContain(dataFolder);
    },
    patience,
  );

  it.each([
    ['--port', 'many'],
    ['--port', '70000'],
    ['--colour', 'red'],
  ])(
    'calls %s %s wrong usage',
    async (option, value) => {
      const outcome = await pedkai(['serve', '--data-dir', temporaryFolder(), option, value]);
      expect(outcome).toMatchObject({ code: 2, stdout: '', stderr: expect.stringMatching(oneLine) });
    },
    patience,
  );
});

describe('tokens, while serve runs', () => {
  it(
    'work as soon as they are made, and stop working when they are revoked or expire',
    async () => {
      const dataFolder = temporaryFolder();
      const engine = await serve(dataFolder);
      const token = await createToken(dataFolder, 'acme', scopes);
      expect((await post(engine.url, token, { raised_at: at(0) })).status).toBe(202);
      const listed = await pedkai(['token', 'list', '--data-dir', dataFolder]);
      expect(listed.stdout).not.toContain(token);
      const { token_id } = z.object({ token_id: z.string() }).parse(JSON.parse(listed.stdout));
      const revoked = await pedkai(['token', 'revoke', token_id, '--data-dir', dataFolder]);
      expect(revoked).toMatchObject({ code: 0, stderr: '' });
      await expect.poll(async () => (await post(engine.url, token, {})).status, { timeout: 10_000 }).toBe(401);
      expect(await pedkai(['token', 'revoke', 'ghost', '--data-dir', dataFolder])).toMatchObject({
        code: 1,
        stdout: '',
      });
      expect(await engine.stop()).toBe(0);
    },
    patience,
  );
});
