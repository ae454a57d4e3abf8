import path from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it, vi } from 'vitest';
import { ingestOutputSchema } from '#shared/api/alarms.ts';
import { at, report } from '#test/support/engine/reports.ts';
import {
  alarmsOf,
  ledgerOf,
  postAlarm,
  postBatch,
  problemOf,
  type RunningEngine,
  startEngine,
} from '#test/support/engine/running-engine.ts';

// Threads start slowly on a loaded machine; nothing here passes by waiting.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 });

/** Rows on a connection that shares nothing with the engine: what it sees is on disk. */
function onDisk(engine: RunningEngine, sql: string): unknown[] {
  const client = new Database(path.join(engine.dataFolder, 'pedkai.db'), { readonly: true });
  try {
    return client.prepare(sql).all();
  } finally {
    client.close();
  }
}

describe('POST /alarms/ingest', () => {
  it('answers 202 when the alarm is on disk, naming event, tenant and trace', async () => {
    const engine = await startEngine({ inThread: true });
    const token = engine.token('acme', ['ALARM_WRITE', 'ALARM_READ']);
    const answer = await postAlarm(engine, token, { event_id: 'e-1', text: 'Löss of signal' });
    expect(answer.status).toBe(202);
    expect(onDisk(engine, `SELECT event_id, tenant_id FROM journal WHERE event_type = 'alarm.ingested'`)).toEqual([
      { event_id: 'e-1', tenant_id: 'acme' },
    ]);
    expect(answer.json()).toEqual({ event_id: 'e-1', tenant_id: 'acme', status: 'accepted' });
    expect(answer.headers['x-event-id']).toBe('e-1');
    expect(answer.headers['x-trace-id']).toMatch(/^[0-9a-f]{32}$/);
    expect(answer.headers['x-correlation-id']).toBe(answer.headers['x-trace-id']);
    expect((await alarmsOf(engine, token, '?event_id=e-1')).map((alarm) => alarm.text)).toEqual(['Löss of signal']);
  });

  it('stores the same event id once and says so', async () => {
    const engine = await startEngine();
    const token = engine.token('acme');
    const answers = await Promise.all(Array.from({ length: 8 }, () => postAlarm(engine, token, { event_id: 'e-1' })));
    expect(answers.map((answer) => answer.status)).toEqual(Array(8).fill(202));
    const statuses = answers.map((answer) => ingestOutputSchema.parse(answer.json()).status).toSorted();
    expect(statuses).toEqual(['accepted', ...Array(7).fill('duplicate')]);
    expect(await ledgerOf(engine, token)).toMatchObject({ received: 8, new: 1, duplicate: 7, repeated: 0 });
  });

  it('gives an event that has no id one of its own', async () => {
    const engine = await startEngine();
    const token = engine.token('acme');
    const answers = [await postAlarm(engine, token), await postAlarm(engine, token)];
    const ids = answers.map((answer) => ingestOutputSchema.parse(answer.json()).event_id);
    expect(new Set(ids).size).toBe(2);
    expect(answers.map((answer) => answer.headers['x-event-id'])).toEqual(ids);
    expect(await alarmsOf(engine, token, `?event_id=${ids[1]}`)).toHaveLength(1);
  });

  it('continues the caller’s trace and correlation into the journal, the history and the log', async () => {
    const engine = await startEngine({ inThread: true });
    const token = engine.token('acme');
    const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
    const answer = await engine.ask({
      method: 'POST',
      path: '/api/v1/alarms/ingest',
      token,
      headers: { traceparent: `00-${traceId}-00f067aa0ba902b7-01`, 'x-correlation-id': 'ticket-7' },
      json: report({ event_id: 'e-1', entity_id: 'EMERGENCY-1' }),
    });
    expect(answer.headers).toMatchObject({ 'x-trace-id': traceId, 'x-correlation-id': 'ticket-7' });
    await ledgerOf(engine, token);
    const journaled = onDisk(engine, 'SELECT event_type, trace_id, correlation_id FROM journal ORDER BY position');
    expect(journaled).toEqual(
      ['alarm.ingested', 'alarm_cluster.created', 'incident.created'].map((event_type) => ({
        event_type,
        trace_id: traceId,
        correlation_id: 'ticket-7',
      })),
    );
    await engine.stop();
    const line = engine.log.find((entry) => entry.path === '/api/v1/alarms/ingest');
    expect(line).toMatchObject({
      trace_id: traceId,
      correlation_id: 'ticket-7',
      event_id: expect.any(String),
      span_id: expect.stringMatching(/^[0-9a-f]{16}$/),
      method: 'POST',
      status: 202,
      duration_ms: expect.any(Number),
      service: 'pedkai',
      level: 'info',
      module: 'http',
      function: expect.any(String),
    });
  });

  it('takes the tenant from the token, whatever the body says', async () => {
    const engine = await startEngine();
    const token = engine.token('acme');
    const json = { ...report(), tenant_id: 'other', alarm_id: 'mine' };
    const answer = await engine.ask({ method: 'POST', path: '/api/v1/alarms/ingest', token, json });
    expect(answer.json()).toMatchObject({ tenant_id: 'acme' });
    expect(await alarmsOf(engine, engine.token('other'))).toEqual([]);
  });

  it('takes names in any script, and event ids that a header cannot carry', async () => {
    const engine = await startEngine();
    const token = engine.token('acme');
    const answer = await postAlarm(engine, token, { event_id: 'Ереван/7 ✓', entity_id: '基地局-1' });
    expect(answer.status).toBe(202);
    expect(decodeURIComponent(String(answer.headers['x-event-id']))).toBe('Ереван/7 ✓');
    const lone = await engine.ask({
      method: 'POST',
      path: '/api/v1/alarms/ingest',
      token,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(report({ entity_id: 'B' })).replace('"B"', '"B","event_id":"\\ud800"'),
    });
    expect(lone.status).toBe(202);
    expect((await alarmsOf(engine, token)).map((alarm) => alarm.entity_id).toSorted()).toEqual(['B', '基地局-1']);
  });
});

describe('POST /alarms/ingest/batch', () => {
  it('keeps good lines and names bad ones by number, blank lines counted', async () => {
    const engine = await startEngine({ inThread: true });
    const token = engine.token('acme');
    const answer = await postBatch(engine, token, [
      JSON.stringify(report({ entity_id: 'A', event_id: 'e-1' })),
      'not json',
      '',
      JSON.stringify({ ...report(), severity: 'fatal' }),
      `${JSON.stringify(report({ entity_id: 'B' }))}\r`,
      JSON.stringify(report({ entity_id: 'A', event_id: 'e-1' })),
      '[]',
      JSON.stringify({ ...report(), raised_at: '2026-03-01T00:00:00' }),
      'null',
      '',
    ]);
    expect(answer.status).toBe(202);
    expect(answer.json()).toEqual({
      accepted: 2,
      duplicate: 1,
      rejected: [
        { line: 2, code: 'BAD_REQUEST', message: expect.stringContaining('not JSON') },
        { line: 4, code: 'UNPROCESSABLE_CONTENT', message: expect.stringMatching(/^severity: /) },
        { line: 7, code: 'UNPROCESSABLE_CONTENT', message: expect.any(String) },
        { line: 8, code: 'UNPROCESSABLE_CONTENT', message: expect.stringMatching(/^raised_at: .*offset/) },
        { line: 9, code: 'UNPROCESSABLE_CONTENT', message: expect.any(String) },
      ],
    });
    expect(await ledgerOf(engine, token)).toMatchObject({ received: 8, new: 2, duplicate: 1, rejected: 5 });
    expect((await alarmsOf(engine, token)).map((alarm) => alarm.entity_id).toSorted()).toEqual(['A', 'B']);
  });

  it('may be larger than the queue, loses nothing and keeps the order of its lines', async () => {
    const engine = await startEngine({ inThread: true, settings: { PEDKAI_HTTP__QUEUE_MAX: '100' } });
    const token = engine.token('acme');
    const lines = Array.from({ length: 3_000 }, (_, index) =>
      JSON.stringify(
        // Ten minutes from raise to raise, so that nothing flaps.
        report({
          entity_id: `E${index % 50}`,
          severity: index % 100 < 50 ? 'major' : 'cleared',
          raised_at: at(Math.floor(index / 100) * 600),
        }),
      ),
    );
    const answer = await postBatch(engine, token, lines);
    expect(answer.json()).toEqual({ accepted: 3_000, duplicate: 0, rejected: [] });
    expect(await ledgerOf(engine, token)).toMatchObject({ received: 3_000, new: 1_500, cleared: 1_500 });
  });

  it('may be empty', async () => {
    const engine = await startEngine();
    const answer = await postBatch(engine, engine.token('acme'), ['', '']);
    expect([answer.status, answer.json()]).toEqual([202, { accepted: 0, duplicate: 0, rejected: [] }]);
  });

  it('is refused as a whole above 50,000 lines or 16 MiB, and taken at the limit', async () => {
    const engine = await startEngine({ inThread: true });
    const token = engine.token('acme');
    const lines = Array.from({ length: 50_001 }, () => '');
    const line = JSON.stringify(report());
    lines[0] = line;
    lines[50_000] = line;
    expect(problemOf(await postBatch(engine, token, lines))).toMatchObject({ status: 413, code: 'PAYLOAD_TOO_LARGE' });
    expect((await postBatch(engine, token, lines.slice(1))).json()).toMatchObject({ accepted: 1 });
    expect(problemOf(await postBatch(engine, token, ['x'.repeat(16 * 1_048_576 + 1)]))).toMatchObject({ status: 413 });
    const padded = await postBatch(engine, token, [`${line}${' '.repeat(1_048_577 - line.length)}`, line]);
    expect(padded.json()).toMatchObject({
      accepted: 1,
      rejected: [{ line: 1, message: expect.stringContaining('1 MiB') }],
    });
  });
});

describe('a full queue', () => {
  it('is answered 503 with Retry-After, nothing that was answered 202 is lost, and it recovers', async () => {
    const engine = await startEngine({ inThread: true, settings: { PEDKAI_HTTP__QUEUE_MAX: '2' } });
    const token = engine.token('acme');
    const answers = await Promise.all(
      Array.from({ length: 60 }, (_, index) => postAlarm(engine, token, { entity_id: `E${index}` })),
    );
    const refused = answers.filter((answer) => answer.status !== 202);
    expect(refused.length).toBeGreaterThan(0);
    for (const answer of refused) {
      expect(problemOf(answer)).toMatchObject({ status: 503, code: 'SERVICE_UNAVAILABLE' });
      expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
    }
    const accepted = answers.length - refused.length;
    expect((await ledgerOf(engine, token)).new).toBe(accepted);
    expect(await alarmsOf(engine, token, '?limit=1000')).toHaveLength(accepted);
    expect((await postAlarm(engine, token, { entity_id: 'later' })).status).toBe(202);
  });
});
