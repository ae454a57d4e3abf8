import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { alarmHistoryEntrySchema, alarmSchema, bulkOutputSchema } from '#shared/api/alarms.ts';
import { httpConsole, untilIncidents } from '#test/support/engine/console-clients.ts';
import { at, report } from '#test/support/engine/reports.ts';
import {
  alarmsOf,
  postAlarm,
  postBatch,
  problemOf,
  type RunningEngine,
  startEngine,
} from '#test/support/engine/running-engine.ts';

const pageSchema = z.object({ items: z.array(alarmSchema), next_cursor: z.string().nullable() });

/** An engine with one tenant and these entities, each with one alarm. */
async function engineWith(...entityIds: string[]) {
  const engine = await startEngine();
  const token = engine.token('acme');
  await postBatch(
    engine,
    token,
    entityIds.map((entityId) => JSON.stringify(report({ entity_id: entityId }))),
  );
  return { engine, token };
}

async function onlyAlarm(engine: RunningEngine, token: string) {
  const [alarm, ...others] = await alarmsOf(engine, token);
  if (alarm === undefined || others.length > 0) throw new Error('There is not exactly one alarm.');
  return alarm;
}

describe('GET /alarms', () => {
  it('walks all alarms in pages, each once, while others change nothing', async () => {
    const ids = Array.from({ length: 25 }, (_, index) => `E${index}`);
    const { engine, token } = await engineWith(...ids);
    await untilIncidents(httpConsole(engine, 'acme'), ids.length);
    const walked: string[] = [];
    let cursor: string | null = '';
    let pages = 0;
    while (cursor !== null) {
      const query: string = cursor === '' ? '?limit=10' : `?limit=10&cursor=${cursor}`;
      const page = pageSchema.parse((await engine.ask({ path: `/api/v1/alarms${query}`, token })).json());
      walked.push(...page.items.map((alarm) => alarm.entity_id));
      cursor = page.next_cursor;
      pages += 1;
    }
    expect(pages).toBe(3);
    expect(walked.toSorted()).toEqual(ids.toSorted());
  });

  it('gives the newest change first', async () => {
    const { engine, token } = await engineWith('A', 'B', 'C');
    await postAlarm(engine, token, { entity_id: 'B', raised_at: at(1) });
    expect((await alarmsOf(engine, token))[0]?.entity_id).toBe('B');
  });

  it('filters by state, severity, entity and words', async () => {
    const { engine, token } = await engineWith('A', 'B');
    await postAlarm(engine, token, { entity_id: 'C_1', severity: 'critical', text: '100% Packet loss' });
    await postAlarm(engine, token, { entity_id: 'B', severity: 'cleared', raised_at: at(1) });
    const found = async (query: string) =>
      (await alarmsOf(engine, token, query)).map((alarm) => alarm.entity_id).toSorted();
    expect(await found('?state=active')).toEqual(['A', 'C_1']);
    expect(await found('?state=cleared')).toEqual(['B']);
    expect(await found('?state=all')).toEqual(['A', 'B', 'C_1']);
    expect(await found('?severity=critical')).toEqual(['C_1']);
    expect(await found('?entity_id=A')).toEqual(['A']);
    expect(await found('?q=packet%20LOSS')).toEqual(['C_1']);
    expect(await found('?q=packet%20gain')).toEqual([]);
    expect(await found('?q=100%25')).toEqual(['C_1']);
    expect(await found('?q=C_1')).toEqual(['C_1']);
    expect(await found('?q=%25_')).toEqual([]);
  });

  it.each(['limit=0', 'limit=1001', 'limit=x', 'state=gone', 'severity=fatal', 'cursor=x', 'cursor=-5'])(
    'refuses %s, naming the field',
    async (query) => {
      const { engine, token } = await engineWith('A');
      const problem = problemOf(await engine.ask({ path: `/api/v1/alarms?${query}`, token }));
      expect(problem).toMatchObject({ status: 422, errors: [{ field: query.split('=')[0] }] });
    },
  );
});

describe('operations on an alarm', () => {
  it('change it, are named in its history, and repeating one changes nothing', async () => {
    const { engine, token } = await engineWith('A');
    const { alarm_id } = await onlyAlarm(engine, token);
    const operate = async (name: string, json: object = {}) => {
      const answer = await engine.ask({ method: 'POST', path: `/api/v1/alarms/${alarm_id}/${name}`, token, json });
      expect(answer.status).toBe(200);
      return alarmSchema.parse(answer.json());
    };
    expect(await operate('ack', { note: 'on it' })).toMatchObject({ ack_state: 'acked', acked_by: 'acme-nms' });
    const acked = await operate('ack');
    expect(acked).toEqual(await operate('ack'));
    expect(await operate('unack')).toMatchObject({ ack_state: 'unacked', acked_by: null });
    expect((await operate('shelve', { minutes: 5, reason: 'works' })).shelved_until).not.toBeNull();
    expect(await operate('unshelve')).toMatchObject({ shelved_until: null });
    await operate('comment', { text: 'cable cut' });
    expect(await operate('clear')).toMatchObject({ state: 'cleared', is_cleared: true });
    const whole = z
      .object({ history: z.array(alarmHistoryEntrySchema) })
      .parse((await engine.ask({ path: `/api/v1/alarms/${alarm_id}`, token })).json());
    expect(whole.history.map((entry) => [entry.operation, entry.operator, entry.text])).toEqual([
      [null, null, ''],
      ['ack', 'acme-nms', 'on it'],
      ['unack', 'acme-nms', ''],
      ['shelve', 'acme-nms', 'works'],
      ['unshelve', 'acme-nms', ''],
      ['comment', 'acme-nms', 'cable cut'],
      ['clear', 'acme-nms', ''],
    ]);
  });

  it('need no body where nothing has to be told', async () => {
    const { engine, token } = await engineWith('A');
    const { alarm_id } = await onlyAlarm(engine, token);
    const answer = await engine.ask({ method: 'POST', path: `/api/v1/alarms/${alarm_id}/ack`, token });
    expect([answer.status, alarmSchema.parse(answer.json()).ack_state]).toEqual([200, 'acked']);
  });

  it('are refused with 409 where the state forbids them, and with 422 where something is missing', async () => {
    const { engine, token } = await engineWith('A');
    const { alarm_id } = await onlyAlarm(engine, token);
    const operate = (name: string, json: object) =>
      engine.ask({ method: 'POST', path: `/api/v1/alarms/${alarm_id}/${name}`, token, json });
    expect(problemOf(await operate('comment', {}))).toMatchObject({ status: 422, errors: [{ field: 'text' }] });
    expect(problemOf(await operate('shelve', { minutes: 0, reason: 'x' }))).toMatchObject({
      status: 422,
      errors: [{ field: 'minutes' }],
    });
    await operate('clear', {});
    expect(problemOf(await operate('shelve', { minutes: 5, reason: 'works' }))).toMatchObject({
      status: 409,
      code: 'CONFLICT',
    });
  });

  it('in bulk are each done or refused on their own', async () => {
    const { engine, token } = await engineWith('A', 'B', 'C');
    const alarms = await alarmsOf(engine, token);
    const cleared = alarms.find((alarm) => alarm.entity_id === 'C')?.alarm_id ?? '';
    await engine.ask({ method: 'POST', path: `/api/v1/alarms/${cleared}/clear`, token, json: {} });
    const ids = alarms.map((alarm) => alarm.alarm_id);
    const bulk = async (json: object) => {
      const answer = await engine.ask({ method: 'POST', path: '/api/v1/alarms/bulk', token, json });
      expect(answer.status).toBe(200);
      return bulkOutputSchema.parse(answer.json());
    };
    const shelved = await bulk({
      alarm_ids: [...ids, 'a-ghost', ids[0]],
      operation: 'shelve',
      minutes: 5,
      reason: 'works',
    });
    expect(shelved.done.toSorted()).toEqual(ids.filter((id) => id !== cleared).toSorted());
    expect(shelved.refused.map(({ alarm_id, code }) => [alarm_id, code]).toSorted()).toEqual(
      [
        [cleared, 'CONFLICT'],
        ['a-ghost', 'NOT_FOUND'],
      ].toSorted(),
    );
    expect((await bulk({ alarm_ids: ids, operation: 'ack' })).refused).toEqual([]);
    expect((await alarmsOf(engine, token)).every((alarm) => alarm.ack_state === 'acked')).toBe(true);
    for (const json of [
      { alarm_ids: [], operation: 'ack' },
      { alarm_ids: ids, operation: 'burn' },
      { operation: 'ack' },
    ])
      expect(problemOf(await engine.ask({ method: 'POST', path: '/api/v1/alarms/bulk', token, json })).status).toBe(
        422,
      );
  });
});
