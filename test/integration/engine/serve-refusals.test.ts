import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import path from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { ask } from '#test/support/engine/http-client.ts';
import { kill, pedkai, serve } from '#test/support/engine/processes.ts';
import { at, report } from '#test/support/engine/reports.ts';
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
const oneLine = /^[^\n]+\n$/;

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
