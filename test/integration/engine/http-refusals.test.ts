import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { scopes } from '#shared/vocabulary/scopes.ts';
import { ask } from '#test/support/engine/http-client.ts';
import { report, start } from '#test/support/engine/reports.ts';
import { ledgerOf, postAlarm, problemOf, startEngine } from '#test/support/engine/running-engine.ts';

const ingest = '/api/v1/alarms/ingest';
const jsonType = { 'content-type': 'application/json' };

describe('a body that cannot be taken', () => {
  it.each([
    ['not JSON', '{"entity_id": ', jsonType, 400, 'BAD_REQUEST'],
    ['empty', '', jsonType, 400, 'BAD_REQUEST'],
    ['binary', Buffer.from([0xff, 0xfe, 0x00]), jsonType, 400, 'BAD_REQUEST'],
    ['2 MB', JSON.stringify({ ...report(), text: 'x'.repeat(2_000_000) }), jsonType, 413, 'PAYLOAD_TOO_LARGE'],
    ['plain text', 'alarm!', { 'content-type': 'text/plain' }, 415, 'UNSUPPORTED_MEDIA_TYPE'],
    ['a form', 'a=b', { 'content-type': 'application/x-www-form-urlencoded' }, 415, 'UNSUPPORTED_MEDIA_TYPE'],
    ['a list', '[]', jsonType, 422, 'UNPROCESSABLE_CONTENT'],
    ['null', 'null', jsonType, 422, 'UNPROCESSABLE_CONTENT'],
    ['a number', '7', jsonType, 422, 'UNPROCESSABLE_CONTENT'],
  ])('because it is %s is refused and counted', async (_what, body, headers, status, code) => {
    const engine = await startEngine();
    const token = engine.token('acme');
    const answer = await engine.ask({ method: 'POST', path: ingest, token, headers, body });
    expect(problemOf(answer)).toMatchObject({
      status,
      code,
      type: 'about:blank',
      trace_id: answer.headers['x-trace-id'],
    });
    expect(answer.status).toBe(status);
    expect(await ledgerOf(engine, token)).toMatchObject({ received: 1, rejected: 1 });
  });

  it('names each field that is wrong', async () => {
    const engine = await startEngine();
    const token = engine.token('acme');
    const json = { entity_id: 7, severity: 'fatal', raised_at: '2026-03-01T00:00:00', source_system: 'nms' };
    const problem = problemOf(await engine.ask({ method: 'POST', path: ingest, token, json }));
    expect(problem.status).toBe(422);
    expect(problem.errors?.map((error) => error.field).toSorted()).toEqual([
      'alarm_type',
      'entity_id',
      'raised_at',
      'severity',
    ]);
    expect(problem.detail).toMatch(/entity_id: .*severity: /);
  });

  it('of 1 MiB is taken, of one byte more is not', async () => {
    const engine = await startEngine();
    const token = engine.token('acme');
    const text = JSON.stringify(report());
    const post = (bytes: number) =>
      engine.ask({ method: 'POST', path: ingest, token, headers: jsonType, body: text.padEnd(bytes) });
    expect((await post(1_048_576)).status).toBe(202);
    expect((await post(1_048_577)).status).toBe(413);
  });

  it('for a batch must be ndjson', async () => {
    const engine = await startEngine();
    const token = engine.token('acme');
    const answer = await engine.ask({ method: 'POST', path: `${ingest}/batch`, token, json: [report()] });
    expect(problemOf(answer)).toMatchObject({ status: 415 });
  });
});

describe('who is let in', () => {
  it.each([
    ['no token', undefined],
    ['another scheme', 'Basic YTpi'],
    ['an empty token', 'Bearer '],
    ['a forged token', `Bearer pdk_${'A'.repeat(43)}`],
    ['nonsense', 'Bearer ../../etc'],
  ])('is nobody with %s', async (_what, authorization) => {
    const engine = await startEngine();
    engine.token('acme');
    const headers = authorization === undefined ? {} : { authorization };
    for (const path of [ingest, '/api/v1/alarms', '/api/v1/stream/alarms', '/rpc/console/session', '/api/v1/nothing']) {
      const answer = await engine.ask({ path, headers, method: path === ingest ? 'POST' : 'GET' });
      expect(problemOf(answer)).toMatchObject({ status: 401, code: 'UNAUTHORIZED' });
      expect(answer.headers['www-authenticate']).toBe('Bearer');
      expect(answer.headers['x-event-id']).toBeDefined();
    }
  });

  it('is nobody whose token has expired, at most a fifth of a second later', async () => {
    let now = start;
    const engine = await startEngine({ clock: () => now });
    const token = engine.token('acme', scopes, 1);
    now = start + 86_400_000 - 1;
    expect((await postAlarm(engine, token)).status).toBe(202);
    now += 200;
    const problem = problemOf(await postAlarm(engine, token));
    expect(problem).toMatchObject({ status: 401, detail: expect.stringContaining('expired') });
  });

  it('is nobody whose token was revoked by another process, at most a fifth of a second later', async () => {
    let now = start;
    const engine = await startEngine({ clock: () => now });
    const token = engine.token('acme');
    expect((await postAlarm(engine, token)).status).toBe(202);
    engine.revoke(token);
    now += 200;
    const problem = problemOf(await postAlarm(engine, token));
    expect(problem).toMatchObject({ status: 401, detail: expect.stringContaining('revoked') });
    now += 60_000;
    expect((await postAlarm(engine, token)).status).toBe(401);
  });

  it('stores no secret', async () => {
    const engine = await startEngine();
    const token = engine.token('acme');
    await postAlarm(engine, token);
    await engine.stop();
    for (const file of readdirSync(engine.dataFolder))
      expect(readFileSync(`${engine.dataFolder}/${file}`).includes(token), file).toBe(false);
    expect(JSON.stringify(engine.log)).not.toContain(token);
    expect(JSON.stringify(engine.log)).not.toContain(engine.consoleKey);
  });

  it.each([
    ['POST', ingest, 'ALARM_WRITE'],
    ['POST', `${ingest}/batch`, 'ALARM_WRITE'],
    ['GET', '/api/v1/alarms', 'ALARM_READ'],
    ['GET', '/api/v1/alarms/a-1', 'ALARM_READ'],
    ['POST', '/api/v1/alarms/a-1/ack', 'ALARM_WRITE'],
    ['POST', '/api/v1/alarms/bulk', 'ALARM_WRITE'],
    ['GET', '/api/v1/clusters', 'ALARM_READ'],
    ['GET', '/api/v1/incidents', 'INCIDENT_READ'],
    ['POST', '/api/v1/incidents', 'INCIDENT_WRITE'],
    ['POST', '/api/v1/incidents/i-1/ack', 'INCIDENT_WRITE'],
    ['GET', '/api/v1/topology', 'TOPOLOGY_READ'],
    ['PUT', '/api/v1/topology', 'TOPOLOGY_WRITE'],
    ['GET', '/api/v1/scorecard', 'INCIDENT_READ'],
    ['GET', '/api/v1/ledger', 'ALARM_READ'],
    ['GET', '/api/v1/stream/alarms', 'ALARM_READ'],
    ['POST', '/rpc/console/tokens/list', 'ADMIN'],
    ['POST', '/rpc/console/tokens/create', 'ADMIN'],
  ] as const)('%s %s needs %s, and no other scope will do', async (method, path, scope) => {
    const engine = await startEngine();
    const token = engine.token(
      'acme',
      scopes.filter((other) => other !== scope),
    );
    const type = path.endsWith('batch') ? 'application/x-ndjson' : 'application/json';
    const question = {
      method,
      path,
      token,
      ...(method === 'GET' ? {} : { headers: { 'content-type': type }, body: '{}' }),
    };
    const answer = await engine.ask(question);
    expect(answer.status).toBe(403);
    expect(answer.text).toContain(scope);
    if (path.startsWith('/api')) expect(problemOf(answer)).toMatchObject({ code: 'FORBIDDEN' });
  });
});

describe('requests of other web pages', () => {
  it.each([
    ['a foreign Host', { host: 'evil.example' }],
    ['a rebound name', { host: 'evil.example:4620' }],
    ['a foreign Origin', { origin: 'https://evil.example' }],
    ['an opaque Origin', { origin: 'null' }],
    ['another port of this machine', { origin: 'http://127.0.0.1:1' }],
  ])('with %s are refused whatever their token', async (_what, headers) => {
    const engine = await startEngine();
    const token = engine.token('acme');
    const address = new URL(engine.url);
    for (const path of ['/api/v1/ledger', '/healthz', '/rpc/console/session', '/openapi.json']) {
      const answer = await engine.ask({ path, token, headers: { host: address.host, ...headers } });
      expect(problemOf(answer)).toMatchObject({ status: 403, code: 'FORBIDDEN' });
    }
    const keyed = await engine.ask({
      path: '/api/v1/ledger',
      token: engine.consoleKey,
      headers: { host: address.host, ...headers },
    });
    expect(keyed.status).toBe(403);
  });

  it('asked by a configured name, or with this engine’s own Origin, are answered', async () => {
    const engine = await startEngine({ settings: { PEDKAI_HTTP__NAMES: 'noc-1.example.org' } });
    const token = engine.token('acme');
    const { host, port } = new URL(engine.url);
    const own = { host, origin: engine.url };
    const named = { host: `noc-1.example.org:${port}`, origin: `http://noc-1.example.org:${port}` };
    for (const headers of [own, named])
      expect((await engine.ask({ path: '/api/v1/ledger', token, headers })).status).toBe(200);
  });
});

describe('what does not exist', () => {
  it.each([
    ['GET', '/api/v1/nothing'],
    ['GET', '/api/v1/alarms/a-1'],
    ['POST', '/api/v1/alarms/a-1/ack'],
    ['GET', '/api/v1/clusters/c-1'],
    ['GET', '/api/v1/clusters/c-1/sitrep'],
    ['GET', '/api/v1/incidents/i-1'],
    ['POST', '/api/v1/incidents/i-1/ack'],
    ['GET', '/api/v1/entities/E-1'],
    ['DELETE', '/api/v1/alarms'],
    ['GET', '/nothing'],
    ['GET', '/api/v1/alarms/..%2f..%2fetc%2fpasswd'],
  ])('is answered 404: %s %s', async (method, path) => {
    const engine = await startEngine();
    const answer = await engine.ask({ method, path, token: engine.token('acme') });
    expect(problemOf(answer)).toMatchObject({ status: 404, code: 'NOT_FOUND' });
  });

  it('includes the tenant of a console on an engine that has none yet', async () => {
    const engine = await startEngine();
    const answer = await engine.ask({ path: '/api/v1/alarms', token: engine.consoleKey });
    expect(problemOf(answer)).toMatchObject({ status: 409, detail: expect.stringContaining('no tenant') });
    expect(problemOf(await postAlarm(engine, engine.consoleKey))).toMatchObject({ status: 409 });
    expect((await ask(engine.url, { path: '/healthz' })).status).toBe(200);
  });

  it('includes a tenant that the console asks for by name', async () => {
    const engine = await startEngine();
    engine.token('acme');
    const headers = { 'x-pedkai-tenant': 'ghost' };
    const answer = await engine.ask({ path: '/api/v1/alarms', token: engine.consoleKey, headers });
    expect(problemOf(answer)).toMatchObject({ status: 403 });
  });
});
