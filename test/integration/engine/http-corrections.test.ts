import { describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { causesOutputSchema } from '#shared/api/causes.ts';
import { clusterMemberSchema, clusterSchema, clusterTimelineEntrySchema } from '#shared/api/clusters.ts';
import { groupingRuleVersionSchema, rulesPreviewSchema } from '#shared/api/grouping.ts';
import { maintenanceWindowSchema, noiseSummarySchema } from '#shared/api/noise.ts';
import { toTimestamp } from '#shared/vocabulary/time.ts';
import { postAlarm, type RunningEngine, startEngine } from '#test/support/engine/running-engine.ts';

const detailSchema = clusterSchema.extend({
  members: z.array(clusterMemberSchema),
  timeline: z.array(clusterTimelineEntrySchema),
});

function api(engine: RunningEngine, token: string) {
  const ask = (method: string, path: string, json?: object) =>
    engine.ask({ method, path: `/api/v1${path}`, token, ...(json === undefined ? {} : { json }) });
  return {
    ask,
    async get<T>(path: string, schema: z.ZodType<T>): Promise<T> {
      const answer = await ask('GET', path);
      expect(answer.status).toBe(200);
      return schema.parse(answer.json());
    },
    async post<T>(path: string, json: object, schema: z.ZodType<T>, status = 200): Promise<T> {
      const answer = await ask('POST', path, json);
      expect(answer.status).toBe(status);
      return schema.parse(answer.json());
    },
  };
}

describe('corrections over HTTP', () => {
  it('split and merge answer the cluster in which the alarms now stand', async () => {
    const engine = await startEngine();
    const token = engine.token('acme');
    const { get, post, ask } = api(engine, token);
    await postAlarm(engine, token, { entity_id: 'R', alarm_type: 'DOWN' });
    await postAlarm(engine, token, { entity_id: 'R', alarm_type: 'FAN' });
    const [cluster] = (await get('/clusters', z.object({ items: z.array(clusterSchema) }))).items;
    expect(cluster?.alarm_count).toBe(2);
    const id = cluster?.cluster_id ?? '';
    const { members } = await get(`/clusters/${id}`, detailSchema);
    const fan = members.find(({ alarm }) => alarm.alarm_type === 'FAN')?.alarm.alarm_id ?? '';
    const apart = await post(`/clusters/${id}/split`, { alarm_ids: [fan], note: 'another fan' }, clusterSchema);
    expect(apart).toMatchObject({ alarm_count: 1, state: 'active' });
    expect((await get(`/clusters/${id}`, detailSchema)).timeline.at(-1)).toMatchObject({
      what: expect.stringContaining('another fan'),
    });
    const merged = await post(`/clusters/${apart.cluster_id}/merge`, { into: id }, clusterSchema);
    expect(merged).toMatchObject({ cluster_id: id, alarm_count: 2 });
    expect((await ask('POST', `/clusters/${id}/split`, { alarm_ids: [] })).status).toBe(422);
    expect((await ask('POST', '/clusters/c-none/merge', { into: id })).status).toBe(404);
  });

  it('need the scope, and never reach into another tenant', async () => {
    const engine = await startEngine();
    const writer = engine.token('acme');
    await postAlarm(engine, writer, { entity_id: 'R' });
    const reader = api(engine, engine.token('acme', ['ALARM_READ']));
    const [cluster] = (await reader.get('/clusters', z.object({ items: z.array(clusterSchema) }))).items;
    const path = `/clusters/${cluster?.cluster_id}/cause`;
    expect((await reader.ask('POST', path, { entity_id: 'R' })).status).toBe(403);
    expect((await api(engine, engine.token('other')).ask('POST', path, { entity_id: 'R' })).status).toBe(404);
    const rule = {
      name: 'r',
      verdict: 'never',
      first: [{ field: 'text', operator: 'is', value: 'x' }],
      second: [{ field: 'text', operator: 'is', value: 'y' }],
      place: 'anywhere',
      within_seconds: 300,
    };
    expect((await reader.ask('POST', '/grouping-rules', rule)).status).toBe(403);
    expect((await reader.ask('POST', '/grouping-rules/preview', { rule })).status).toBe(200);
  });
});

describe('rules, causes, maintenance and noise over HTTP', () => {
  it('are written, versioned, previewed and listed', async () => {
    const engine = await startEngine();
    const token = engine.token('acme');
    const { get, post, ask } = api(engine, token);
    await postAlarm(engine, token, { entity_id: 'R', alarm_type: 'DOWN', raised_at: toTimestamp(Date.now()) });
    await postAlarm(engine, token, { entity_id: 'R', alarm_type: 'FAN', raised_at: toTimestamp(Date.now()) });
    const rule = {
      name: 'fans apart',
      verdict: 'never',
      first: [{ field: 'alarm_type', operator: 'is', value: 'FAN' }],
      second: [{ field: 'alarm_type', operator: 'is_not', value: 'FAN' }],
      place: 'anywhere',
      within_seconds: 300,
    };
    const preview = await post('/grouping-rules/preview', { rule }, rulesPreviewSchema);
    expect(preview).toMatchObject({ alarms: 2, before: { clusters: 1 }, after: { clusters: 2 }, alarms_affected: 2 });
    const made = await post('/grouping-rules', rule, groupingRuleVersionSchema, 201);
    const changed = await ask('PUT', `/grouping-rules/${made.rule_id}`, { ...rule, name: 'fans really apart' });
    expect(groupingRuleVersionSchema.parse(changed.json())).toMatchObject({ version: 2, name: 'fans really apart' });
    // What a rule changes is told when correlation settles.
    await vi.waitFor(async () =>
      expect((await get('/clusters', z.object({ items: z.array(clusterSchema) }))).items).toHaveLength(2),
    );
    await post(`/grouping-rules/${made.rule_id}/withdraw`, {}, groupingRuleVersionSchema);
    const versions = await get(
      `/grouping-rules/${made.rule_id}/versions`,
      z.object({ items: z.array(groupingRuleVersionSchema) }),
    );
    expect(versions.items.map(({ version, is_in_force }) => [version, is_in_force])).toEqual([
      [3, false],
      [2, true],
      [1, true],
    ]);

    const causes = await post('/causes/decide', { cause: 'A', effect: 'B', decision: 'pin' }, causesOutputSchema);
    expect(causes.items).toMatchObject([{ cause: 'A', effect: 'B', verdict: 'pinned' }]);

    const schedule = {
      kind: 'once',
      starts_at: toTimestamp(Date.now() - 1_000),
      ends_at: toTimestamp(Date.now() + 60_000),
    };
    const conditions = [{ field: 'entity_id', operator: 'is', value: 'R' }];
    const window = await post(
      '/maintenance',
      { name: 'works', reason: 'planned', conditions, schedule },
      maintenanceWindowSchema,
      201,
    );
    expect(window).toMatchObject({ state: 'on', suppressed_now: 2, with_contents: true });
    expect(await get('/noise', noiseSummarySchema)).toMatchObject({ counts: { suppressed: 2 } });
    const ended = await post(`/maintenance/${window.window_id}/end`, {}, maintenanceWindowSchema);
    expect(ended).toMatchObject({ state: 'ended', suppressed_now: 0 });
    expect((await ask('POST', '/maintenance', { name: 'x' })).status).toBe(422);
  });
});
