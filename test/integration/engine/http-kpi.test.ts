import { describe, expect, it, vi } from 'vitest';
import { kpiIngestOutputSchema, kpiSeriesSchema } from '#shared/api/kpi.ts';
import { problemOf, type RunningEngine, startEngine } from '#test/support/engine/running-engine.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 });

const path = '/api/v1/kpi/samples';
const hour = 3_600_000;
const recent = (index: number) => new Date(Math.floor(Date.now() / hour) * hour - index * hour).toISOString();
const one = (more: Record<string, unknown> = {}) => ({
  entity_id: 'CELL-1',
  metric_name: 'traffic_mb',
  timestamp: recent(1),
  value: 12.5,
  ...more,
});

async function seriesOf(engine: RunningEngine, token: string, query = '') {
  const from = encodeURIComponent(recent(100));
  const to = encodeURIComponent(recent(-2));
  const answer = await engine.ask({
    path: `/api/v1/kpi/series?entity_id=CELL-1&metric_name=traffic_mb&from=${from}&to=${to}${query}`,
    token,
  });
  return answer;
}

describe('POST /kpi/samples', () => {
  it.each([true, false])(
    'stores a JSON array and JSON lines, and gives the series back (in its thread: %s)',
    async (inThread) => {
      const engine = await startEngine({ inThread });
      const token = engine.token('acme');
      const first = await engine.ask({
        method: 'POST',
        path,
        token,
        json: [one(), one({ timestamp: recent(2), value: -3 })],
      });
      expect(first.status).toBe(202);
      expect(kpiIngestOutputSchema.parse(first.json())).toEqual({ accepted: 2, rejected: [] });
      const lines = await engine.ask({
        method: 'POST',
        path,
        token,
        headers: { 'content-type': 'application/x-ndjson' },
        body: `${JSON.stringify(one({ timestamp: recent(3) }))}\n\n{"entity_id":\n${JSON.stringify(one({ value: 'many' }))}\n`,
      });
      expect(kpiIngestOutputSchema.parse(lines.json())).toMatchObject({
        accepted: 1,
        rejected: [
          { line: 3, code: 'BAD_REQUEST' },
          { line: 4, code: 'UNPROCESSABLE_CONTENT', message: 'value: must be a finite number' },
        ],
      });
      const series = kpiSeriesSchema.parse((await seriesOf(engine, token)).json());
      expect(series.points.map(({ value }) => value)).toEqual([12.5, -3, 12.5]);
      const withBaseline = kpiSeriesSchema.parse((await seriesOf(engine, token, '&baseline=true')).json());
      expect(withBaseline.points.every(({ baseline, anomaly }) => baseline !== undefined && anomaly === false)).toBe(
        true,
      );
      const days = kpiSeriesSchema.parse((await seriesOf(engine, token, '&resolution=1d')).json());
      expect(days.points.reduce((sum, { count }) => sum + (count ?? 0), 0)).toBe(3);
    },
  );

  it.each([
    ['a value that is text', { value: '12' }, 'value'],
    ['no value', { value: null }, 'value'],
    ['a metric name of 10 kB', { metric_name: 'm'.repeat(10_240) }, 'metric_name'],
    ['a time without its zone', { timestamp: '2026-11-22T02:00:00' }, 'timestamp'],
    ['the day after tomorrow', { timestamp: new Date(Date.now() + 48 * hour).toISOString() }, 'future'],
    ['an entity without name', { entity_id: '' }, 'entity_id'],
  ])('refuses %s and says so, keeping the rest', async (_, wrong, problem) => {
    const engine = await startEngine();
    const token = engine.token('acme');
    const answer = kpiIngestOutputSchema.parse(
      (await engine.ask({ method: 'POST', path, token, json: [one(wrong), one()] })).json(),
    );
    expect(answer.accepted).toBe(1);
    expect(answer.rejected).toMatchObject([{ line: 1, code: 'UNPROCESSABLE_CONTENT' }]);
    expect(answer.rejected[0]?.message).toContain(problem);
  });

  it('refuses what is not JSON, no array, another type, and who may not', async () => {
    const engine = await startEngine();
    const token = engine.token('acme');
    const send = (body: string, type = 'application/json', by = token) =>
      engine.ask({ method: 'POST', path, token: by, headers: { 'content-type': type }, body });
    expect((await send('[{')).status).toBe(400);
    expect((await send('{}')).status).toBe(400);
    expect((await send('x', 'text/plain')).status).toBe(415);
    expect((await send('[]', 'application/json', engine.token('acme', ['KPI_READ']))).status).toBe(403);
    expect((await send('[]', 'application/json', 'no-token')).status).toBe(401);
  });

  it('keeps tenants apart and entities that nobody knows visible', async () => {
    const engine = await startEngine();
    const token = engine.token('acme');
    const other = engine.token('umbrella');
    await engine.ask({
      method: 'PUT',
      path: '/api/v1/topology',
      token,
      json: { entities: [{ id: 'CELL-1', entity_type: 'CELL' }], links: [] },
    });
    await engine.ask({ method: 'POST', path, token, json: [one(), one({ entity_id: 'GHOST' })] });
    expect(problemOf(await seriesOf(engine, other))).toMatchObject({ status: 404 });
    const unknown = await engine.ask({ path: '/api/v1/kpi/metrics?entities=unknown', token });
    expect(unknown.json()).toMatchObject({ items: [{ entity_id: 'GHOST', is_known_entity: false }] });
    const mine = await engine.ask({ path: '/api/v1/kpi/metrics?entity_id=CELL-1', token });
    expect(mine.json()).toMatchObject({ items: [{ metric_name: 'traffic_mb', is_known_entity: true }] });
    expect((await engine.ask({ path: '/api/v1/kpi/metrics', token: other })).json()).toEqual({ items: [] });
  });

  it('makes a sleeping cell an alarm that joins a cluster, and clears it when the cell wakes', async () => {
    const engine = await startEngine({ inThread: true });
    const token = engine.token('acme');
    const quarter = 900_000;
    const last = Math.floor(Date.now() / quarter) * quarter;
    const lines = (from: number, to: number, share: (cell: number, tick: number) => number) => {
      const rows: string[] = [];
      for (let tick = from; tick < to; tick++)
        for (let cell = 0; cell < 5; cell++)
          for (const metric_name of ['traffic_mb', 'rrc_users', 'handover_attempts'])
            rows.push(
              JSON.stringify({
                entity_id: `CELL-${cell}`,
                metric_name,
                timestamp: new Date(last - (800 - tick) * quarter).toISOString(),
                value:
                  (100 + 80 * Math.sin((2 * Math.PI * (tick % 96)) / 96) + ((tick * 7 + cell * 13) % 5)) *
                  share(cell, tick),
              }),
            );
      return rows.join('\n');
    };
    const send = (body: string) =>
      engine.ask({ method: 'POST', path, token, headers: { 'content-type': 'application/x-ndjson' }, body });
    await send(lines(0, 790, (cell, tick) => (cell === 2 && tick >= 780 ? 0 : 1)));
    const alarms = async () => (await engine.ask({ path: '/api/v1/alarms?entity_id=CELL-2', token })).json();
    await vi.waitFor(
      async () =>
        expect(await alarms()).toMatchObject({
          items: [{ alarm_type: 'SLEEPING_CELL', severity: 'critical', state: 'active' }],
        }),
      { timeout: 30_000, interval: 100 },
    );
    await vi.waitFor(
      async () => expect(await alarms()).toMatchObject({ items: [{ cluster_id: expect.any(String) }] }),
      { timeout: 30_000, interval: 100 },
    );
    expect((await engine.ask({ path: '/api/v1/kpi/sleeping-cells', token })).json()).toMatchObject({
      items: [{ entity_id: 'CELL-2', state: 'catatonic', alarms: 0 }],
    });
    const anomalies = await engine.ask({ path: '/api/v1/kpi/anomalies?entity_id=CELL-2&state=open', token });
    expect(anomalies.json()).toMatchObject({ items: [{ direction: 'low' }, {}, {}] });
    await send(lines(790, 800, () => 1));
    await vi.waitFor(async () => expect(await alarms()).toMatchObject({ items: [{ state: 'cleared' }] }), {
      timeout: 30_000,
      interval: 100,
    });
    expect((await engine.ask({ path: '/api/v1/kpi/sleeping-cells', token })).json()).toEqual({ items: [] });
  });
});
