import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { clusterMemberSchema, clusterSchema, sitrepSchema } from '#shared/api/clusters.ts';
import { scorecardSchema } from '#shared/api/scorecard.ts';
import { entitySchema } from '#shared/api/topology.ts';
import { at, report } from '#test/support/engine/reports.ts';
import { postAlarm, postBatch, problemOf, startEngine } from '#test/support/engine/running-engine.ts';

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

describe('topology', () => {
  const topology = {
    entities: [
      {
        id: 'P1',
        entity_type: 'POWER',
        name: 'Rectifier',
        geo_lat: 52.5,
        geo_lon: 13.4,
        revenue_weight: 2.5,
        sla_tier: 'GOLD',
        external_id: 'x-1',
      },
      { id: 'R/1', entity_type: 'ROUTER' },
    ],
    links: [{ from: 'R/1', to: 'P1', kind: 'depends_on' }],
  };

  it('is replaced as a whole and given back as it was', async () => {
    const engine = await startEngine();
    const token = engine.token('acme');
    const put = (json: object) => engine.ask({ method: 'PUT', path: '/api/v1/topology', token, json });
    expect((await put(topology)).json()).toEqual({ entities: 2, links: 1 });
    const [power, router] = topology.entities;
    const given = { entities: [power, { ...router, name: 'R/1' }], links: topology.links };
    expect((await engine.ask({ path: '/api/v1/topology', token })).json()).toEqual(given);
    const first = entitySchema.parse((await engine.ask({ path: '/api/v1/entities/P1', token })).json());
    expect(first).toMatchObject({
      entity_id: 'P1',
      tenant_id: 'acme',
      name: 'Rectifier',
      sla_tier: 'GOLD',
      last_seen_at: null,
    });
    expect((await engine.ask({ path: '/api/v1/entities/R%2F1', token })).status).toBe(200);
    await postAlarm(engine, token, { entity_id: 'P1' });
    await put({ entities: [{ ...power, name: 'New' }], links: [] });
    const second = entitySchema.parse((await engine.ask({ path: '/api/v1/entities/P1', token })).json());
    expect(second).toMatchObject({ name: 'New', created_at: first.created_at, last_seen_at: expect.any(String) });
    expect((await engine.ask({ path: '/api/v1/entities/R%2F1', token })).status).toBe(404);
  });

  it('is refused with the fields at fault, and nothing of it is kept', async () => {
    const engine = await startEngine();
    const token = engine.token('acme');
    const json = {
      entities: [
        { id: 'P1', entity_type: 'POWER' },
        { id: '', entity_type: 'X', geo_lat: 91 },
      ],
      links: [{ from: 'a', to: 'b', kind: 'near' }],
    };
    const problem = problemOf(await engine.ask({ method: 'PUT', path: '/api/v1/topology', token, json }));
    expect(problem.status).toBe(422);
    expect(new Set(problem.errors?.map((error) => error.field))).toEqual(
      new Set(['entities.1.id', 'entities.1.geo_lat', 'links.0.kind']),
    );
    expect((await engine.ask({ path: '/api/v1/topology', token })).json()).toEqual({ entities: [], links: [] });
  });
});

describe('clusters', () => {
  it('are listed and shown with members, reasons and a report of stored facts', async () => {
    const { engine, token } = await engineWith('ROUTER-1');
    await postAlarm(engine, token, { entity_id: 'ROUTER-1', alarm_type: 'LOS', raised_at: at(5) });
    const list = z
      .object({ items: z.array(clusterSchema) })
      .parse((await engine.ask({ path: '/api/v1/clusters', token })).json());
    const [cluster] = list.items;
    if (cluster === undefined) throw new Error('There is no cluster.');
    const whole = clusterSchema
      .extend({ members: z.array(clusterMemberSchema) })
      .parse((await engine.ask({ path: `/api/v1/clusters/${cluster.cluster_id}`, token })).json());
    expect(whole.members).toHaveLength(whole.alarm_count);
    expect(
      whole.members.every((member) => member.because !== '' && member.alarm.cluster_id === cluster.cluster_id),
    ).toBe(true);
    const sitrep = sitrepSchema.parse(
      (await engine.ask({ path: `/api/v1/clusters/${cluster.cluster_id}/sitrep`, token })).json(),
    );
    expect(JSON.stringify(sitrep)).toContain(`${whole.alarm_count} alarm`);
    expect(JSON.stringify(sitrep)).toContain(whole.root_cause.entity_id);
  });
});

describe('the scorecard', () => {
  it('adds up what happened in the period', async () => {
    const { engine, token } = await engineWith('A', 'B');
    const now = Date.now();
    const query = (from: number, to: number) =>
      engine.ask({
        path: `/api/v1/scorecard?from=${new Date(from).toISOString()}&to=${new Date(to).toISOString()}`,
        token,
      });
    const card = scorecardSchema.parse((await query(now - 3_600_000, now + 60_000)).json());
    expect(card).toMatchObject({ alarms_raised: 2, mtta_seconds: null, mttr_seconds: null });
    expect(card.rate.reduce((sum, point) => sum + point.raised, 0)).toBe(2);
    expect(card.top_entities.map((entity) => entity.entity_id).toSorted()).toEqual(['A', 'B']);
    expect(scorecardSchema.parse((await query(now - 7_200_000, now - 3_600_000)).json())).toMatchObject({
      alarms_raised: 0,
      noise_reduction: null,
    });
    expect(problemOf(await query(now, now - 1)).status).toBe(422);
    expect(problemOf(await engine.ask({ path: '/api/v1/scorecard?from=yesterday', token })).status).toBe(422);
  });
});

describe('what describes and watches the engine', () => {
  it('is open to everybody on this machine', async () => {
    const { engine } = await engineWith('A');
    const document = z
      .object({ openapi: z.string(), paths: z.record(z.string(), z.record(z.string(), z.unknown())) })
      .parse((await engine.ask({ path: '/openapi.json' })).json());
    for (const path of [
      '/alarms/ingest',
      '/alarms',
      '/alarms/{alarm_id}/ack',
      '/alarms/bulk',
      '/clusters/{cluster_id}/sitrep',
      '/incidents',
      '/topology',
      '/scorecard',
      '/ledger',
    ])
      expect(Object.keys(document.paths)).toContain(path);
    expect(Object.keys(document.paths).some((path) => path.includes('tokens'))).toBe(false);
    const metrics = await engine.ask({ path: '/metrics' });
    expect(metrics.headers['content-type']).toMatch(/^text\/plain/);
    expect(metrics.text).toContain('pedkai_events{outcome="new"} 1');
    expect(metrics.text).toContain('pedkai_queue_depth 0');
    expect(metrics.text).toMatch(/pedkai_http_request_duration_seconds_count\{method="POST",status="202"\} 1/);
    for (const prefix of ['', '/api/v1']) {
      expect((await engine.ask({ path: `${prefix}/healthz` })).json()).toEqual({ status: 'ok' });
      expect((await engine.ask({ path: `${prefix}/readyz` })).status).toBe(200);
    }
  });
});
