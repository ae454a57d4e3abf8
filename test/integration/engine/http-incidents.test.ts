import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type Incident, incidentSchema, incidentTimelineEntrySchema } from '#shared/api/incidents.ts';
import { incidentStates } from '#shared/vocabulary/incident-state.ts';
import { postAlarm, problemOf, type RunningEngine, startEngine } from '#test/support/engine/running-engine.ts';

const wholeSchema = incidentSchema.extend({ timeline: z.array(incidentTimelineEntrySchema) });
const listSchema = z.object({ items: z.array(incidentSchema) });

function incidentsOver(engine: RunningEngine, token: string) {
  const post = (path: string, json: object = {}) =>
    engine.ask({ method: 'POST', path: `/api/v1/incidents${path}`, token, json });
  return {
    post,
    patch: (id: string, json: object) => engine.ask({ method: 'PATCH', path: `/api/v1/incidents/${id}`, token, json }),
    async create(fields: object = {}): Promise<Incident> {
      const answer = await post('', { title: 'Cable cut', severity: 'major', ...fields });
      expect(answer.status).toBe(201);
      return incidentSchema.parse(answer.json());
    },
    list: async (state: string) =>
      listSchema.parse((await engine.ask({ path: `/api/v1/incidents?state=${state}`, token })).json()).items,
    get: async (id: string) => wholeSchema.parse((await engine.ask({ path: `/api/v1/incidents/${id}`, token })).json()),
  };
}

describe('an incident over HTTP', () => {
  it('lives from new to closed and again, each step in its timeline with who did it', async () => {
    const engine = await startEngine();
    const { create, post, patch, get } = incidentsOver(engine, engine.token('acme'));
    const { incident_id } = await create({ note: 'seen by patrol' });
    const step = async (name: string, json: object = {}) => {
      const answer = await post(`/${incident_id}/${name}`, json);
      expect(answer.status).toBe(200);
      return incidentSchema.parse(answer.json());
    };
    expect(await step('ack')).toMatchObject({ state: 'acknowledged', acknowledged_at: expect.any(String) });
    expect(await step('assign', { owner: 'bo' })).toMatchObject({ owner: 'bo', state: 'acknowledged' });
    expect(
      incidentSchema.parse((await patch(incident_id, { state: 'in_progress', title: 'Cable cut at 7' })).json()),
    ).toMatchObject({
      state: 'in_progress',
      title: 'Cable cut at 7',
    });
    expect(await step('resolve', { note: 'spliced' })).toMatchObject({
      state: 'resolved',
      resolved_at: expect.any(String),
    });
    expect(await step('close')).toMatchObject({ state: 'closed', closed_at: expect.any(String) });
    expect(await step('reopen')).toMatchObject({ state: 'in_progress', closed_at: null, resolved_at: null });
    await step('note', { text: 'cut again' });
    const { timeline } = await get(incident_id);
    expect(timeline.map((entry) => entry.what)).toEqual([
      'Opened by hand: "Cable cut".',
      'seen by patrol',
      'State: acknowledged.',
      'Owner: bo.',
      'State: in progress. Title: "Cable cut at 7".',
      'State: resolved. spliced',
      'State: closed.',
      'State: in progress.',
      'cut again',
    ]);
    expect(new Set(timeline.map((entry) => entry.operator))).toEqual(new Set(['acme-nms']));
  });

  it('refuses every illegal move with 409, and stays as it is', async () => {
    const engine = await startEngine();
    const { create, patch, get, post } = incidentsOver(engine, engine.token('acme'));
    const ways: Record<string, string[]> = {
      new: [],
      acknowledged: ['acknowledged'],
      in_progress: ['acknowledged', 'in_progress'],
      resolved: ['acknowledged', 'resolved'],
      closed: ['acknowledged', 'resolved', 'closed'],
    };
    const legal = [
      'new>acknowledged',
      'acknowledged>in_progress',
      'acknowledged>resolved',
      'in_progress>resolved',
      'resolved>closed',
      'resolved>in_progress',
      'closed>in_progress',
    ];
    for (const from of incidentStates) {
      for (const to of incidentStates.filter((state) => state !== from)) {
        const { incident_id } = await create();
        for (const state of ways[from] ?? []) expect((await patch(incident_id, { state })).status).toBe(200);
        const answer = await patch(incident_id, { state: to });
        if (legal.includes(`${from}>${to}`)) expect(answer.status).toBe(200);
        else {
          expect(problemOf(answer)).toMatchObject({ status: 409, code: 'CONFLICT' });
          expect((await get(incident_id)).state).toBe(from);
        }
      }
    }
    const { incident_id } = await create();
    for (const name of ['resolve', 'close', 'reopen'])
      expect(problemOf(await post(`/${incident_id}/${name}`)).status).toBe(409);
  });

  it('answers 200 and changes nothing when it is so already', async () => {
    const engine = await startEngine();
    const { create, post, get } = incidentsOver(engine, engine.token('acme'));
    const { incident_id } = await create();
    await post(`/${incident_id}/ack`);
    const before = await get(incident_id);
    expect((await post(`/${incident_id}/ack`)).status).toBe(200);
    expect(await get(incident_id)).toEqual(before);
  });

  it('is acknowledged by taking it, and owned by the one who takes it', async () => {
    const engine = await startEngine();
    const { create, post } = incidentsOver(engine, engine.token('acme'));
    const { incident_id } = await create();
    expect((await post(`/${incident_id}/assign`)).json()).toMatchObject({ owner: 'acme-nms', state: 'acknowledged' });
  });

  it('is made of a cluster once', async () => {
    const engine = await startEngine();
    const token = engine.token('acme');
    const { create, post, list } = incidentsOver(engine, token);
    await postAlarm(engine, token, { severity: 'minor' });
    const clusters = await engine.ask({ path: '/api/v1/clusters', token });
    const [cluster] = z.object({ items: z.array(z.object({ cluster_id: z.string() })) }).parse(clusters.json()).items;
    const made = await create({ cluster_id: cluster?.cluster_id });
    expect(made).toMatchObject({ cluster_id: cluster?.cluster_id, alarm_count: 1, active_count: 1 });
    const again = await post('', { title: 'Again', severity: 'major', cluster_id: cluster?.cluster_id });
    expect(problemOf(again)).toMatchObject({ status: 409 });
    expect(await list('open')).toHaveLength(1);
    expect(problemOf(await post('', { title: 'x', severity: 'major', cluster_id: 'c-ghost' }))).toMatchObject({
      status: 404,
    });
  });

  it.each([
    [{ severity: 'major' }, 'title'],
    [{ title: 'x', severity: 'fatal' }, 'severity'],
    [{ title: '', severity: 'major' }, 'title'],
    [{ title: 'x'.repeat(513), severity: 'major' }, 'title'],
  ])('is not made of %j, and the field is named', async (json, field) => {
    const engine = await startEngine();
    const { post, list } = incidentsOver(engine, engine.token('acme'));
    expect(problemOf(await post('', json))).toMatchObject({ status: 422, errors: [{ field }] });
    expect(await list('all')).toEqual([]);
  });
});
