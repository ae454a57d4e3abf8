import { describe, expect, it, vi } from 'vitest';
import { changeSchema } from '#shared/api/console.ts';
import { at } from '#test/support/engine/reports.ts';
import { alarmsOf, postAlarm, problemOf, startEngine } from '#test/support/engine/running-engine.ts';
import { isAlarmOf, isComment, isEvent, type OpenStream, openStream } from '#test/support/engine/sse.ts';
import { temporaryFolder } from '#test/support/engine/temporary-folder.ts';

// Threads start slowly on a loaded machine; nothing here passes by waiting.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 });

const eventsOf = (stream: OpenStream) => stream.parts.flatMap((part) => (part.kind === 'event' ? [part] : []));

function expectRising(ids: readonly number[]): void {
  ids.forEach((id, index) => {
    expect(id).toBeGreaterThan(ids[index - 1] ?? 0);
  });
}

describe('GET /stream/alarms', () => {
  it('tells every change of alarms, clusters and incidents as it is committed, ids rising', async () => {
    const engine = await startEngine({ inThread: true });
    const token = engine.token('acme');
    const stream = await openStream(engine.url, token);
    expect(stream.status).toBe(200);
    expect(stream.headers['content-type']).toBe('text/event-stream');
    expect(stream.headers['x-trace-id']).toMatch(/^[0-9a-f]{32}$/);
    await stream.next(isComment('connected'));
    await postAlarm(engine, token, { entity_id: 'A' });
    await stream.next(isAlarmOf('A'));
    await stream.next((part) => part.kind === 'event' && part.event === 'incident');
    const [alarm] = await alarmsOf(engine, token);
    await engine.ask({ method: 'POST', path: `/api/v1/alarms/${alarm?.alarm_id}/ack`, token, json: {} });
    await postAlarm(engine, token, { entity_id: 'A', severity: 'cleared', raised_at: at(5) });
    await stream.next((part) => part.kind === 'event' && part.data.change === 'removed' && part.event === 'alarm');
    const events = eventsOf(stream);
    expectRising(events.map((event) => event.id));
    expect(new Set(events.map((event) => event.event))).toEqual(new Set(['alarm', 'cluster', 'incident']));
    for (const { event, data } of events) {
      const { change, ...object } = data;
      expect(changeSchema.safeParse({ topic: event, change, data: object }).error).toBeUndefined();
    }
  });

  it('resumes after the last event across a restart: nothing missing, nothing twice', async () => {
    const dataFolder = temporaryFolder();
    const first = await startEngine({ dataFolder, inThread: true });
    const token = first.token('acme');
    const before = await openStream(first.url, token);
    await before.next(isComment('connected'));
    await postAlarm(first, token, { entity_id: 'A' });
    const seen = await before.next(isAlarmOf('A'));
    before.close();
    for (let index = 0; index < 1_200; index += 400)
      await Promise.all(
        Array.from({ length: 400 }, (_, each) => postAlarm(first, token, { entity_id: `B${index + each}` })),
      );
    await first.stop();
    const second = await startEngine({ dataFolder, inThread: true });
    if (seen.kind !== 'event') throw new Error('No event was seen.');
    const after = await openStream(second.url, token, seen.id);
    await postAlarm(second, token, { entity_id: 'last' });
    await after.next(isAlarmOf('last'));
    const ids = eventsOf(after).map((event) => event.id);
    expectRising([seen.id, ...ids]);
    const entities = new Set(
      eventsOf(after).flatMap((event) => (event.event === 'alarm' ? [event.data.entity_id] : [])),
    );
    for (let index = 0; index < 1_200; index += 1) expect(entities.has(`B${index}`)).toBe(true);
    expect(eventsOf(after).filter(isAlarmOf('B7'))).toHaveLength(1);
  });

  it('begins with what comes after now when no event is named, and with everything after 0', async () => {
    const engine = await startEngine();
    const token = engine.token('acme');
    await postAlarm(engine, token, { entity_id: 'old' });
    const fresh = await openStream(engine.url, token);
    const whole = await openStream(engine.url, token, 0);
    await fresh.next(isComment('connected'));
    await whole.next(isAlarmOf('old'));
    await postAlarm(engine, token, { entity_id: 'new' });
    await fresh.next(isAlarmOf('new'));
    expect(eventsOf(fresh).some(isAlarmOf('old'))).toBe(false);
    await whole.next(isAlarmOf('new'));
  });

  it('tells what is new to a subscriber whose last event this store has never had', async () => {
    const engine = await startEngine();
    const token = engine.token('acme');
    await postAlarm(engine, token, { entity_id: 'old' });
    const stream = await openStream(engine.url, token, 1_000_000);
    await stream.next(isComment('connected'));
    await postAlarm(engine, token, { entity_id: 'new' });
    await stream.next(isAlarmOf('new'));
  });

  it('refuses a Last-Event-ID that is none', async () => {
    const engine = await startEngine();
    const token = engine.token('acme');
    const answer = await engine.ask({ path: '/api/v1/stream/alarms', token, headers: { 'last-event-id': 'x' } });
    expect(problemOf(answer)).toMatchObject({ status: 422, errors: [{ field: 'Last-Event-ID' }] });
  });

  it('sends heartbeats while nothing happens, and ends after the idle time, saying so', async () => {
    const engine = await startEngine({
      settings: { PEDKAI_SSE__HEARTBEAT_INTERVAL_SECONDS: '0.05', PEDKAI_SSE__MAX_IDLE_SECONDS: '0.4' },
    });
    const stream = await openStream(engine.url, engine.token('acme'));
    const comments = (await stream.rest()).map((part) => (part.kind === 'comment' ? part.text : 'event'));
    expect(comments[0]).toBe('connected');
    expect(comments.at(-1)).toBe('idle_timeout');
    expect(comments.filter((text) => text === 'heartbeat').length).toBeGreaterThan(2);
  });

  it('is not idle while there is data, heartbeats are none', async () => {
    const engine = await startEngine({
      settings: { PEDKAI_SSE__HEARTBEAT_INTERVAL_SECONDS: '0.05', PEDKAI_SSE__MAX_IDLE_SECONDS: '1.5' },
    });
    const token = engine.token('acme');
    const stream = await openStream(engine.url, token);
    await stream.next(isComment('connected'));
    const beginning = Date.now();
    for (let index = 0; Date.now() - beginning < 2_000; index += 1) {
      await stream.next(isComment('heartbeat'));
      await postAlarm(engine, token, { entity_id: `E${index}` });
      await stream.next(isAlarmOf(`E${index}`));
    }
    expect(stream.parts.some(isComment('idle_timeout'))).toBe(false);
    await stream.rest();
    expect(stream.parts.some(isComment('idle_timeout'))).toBe(true);
  });

  it('takes so many connections and answers the next 503, until one of them ends', async () => {
    const engine = await startEngine({ settings: { PEDKAI_SSE__MAX_CONNECTIONS: '2' } });
    const token = engine.token('acme');
    const streams = [await openStream(engine.url, token), await openStream(engine.url, token)];
    for (const stream of streams) await stream.next(isComment('connected'));
    const refused = await engine.ask({ path: '/api/v1/stream/alarms', token });
    expect(problemOf(refused)).toMatchObject({ status: 503, code: 'SERVICE_UNAVAILABLE' });
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    streams[0]?.close();
    await expect
      .poll(async () => {
        const next = await openStream(engine.url, token);
        next.close();
        return next.status;
      })
      .toBe(200);
    await postAlarm(engine, token, { entity_id: 'A' });
    await streams[1]?.next(isEvent);
  });

  it('ends when the engine stops', async () => {
    const engine = await startEngine({ inThread: true });
    const stream = await openStream(engine.url, engine.token('acme'));
    await stream.next(isComment('connected'));
    await engine.stop();
    await stream.rest();
  });
});
