import { describe, expect, it, vi } from 'vitest';
import { clusterImpactSchema, impactListSchema } from '#shared/api/impact.ts';
import { postAlarm, problemOf, type RunningEngine, startEngine } from '#test/support/engine/running-engine.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 });

const topology = {
  entities: [
    { id: 'POWER-1', entity_type: 'POWER' },
    { id: 'CELL-1', entity_type: 'CELL', revenue_weight: 40 },
    { id: 'CELL-2', entity_type: 'CELL', revenue_weight: 7 },
    { id: 'E112', entity_type: 'EMERGENCY_SERVICE', name: 'Emergency calls', sla_tier: 'PLATINUM' },
  ],
  links: [
    { from: 'CELL-1', to: 'POWER-1', kind: 'depends_on' },
    { from: 'E112', to: 'CELL-1', kind: 'depends_on' },
    { from: 'E112', to: 'CELL-2', kind: 'depends_on' },
  ],
};
const customers = {
  customers: [
    { customer_id: 'anna', name: 'Anna', entity_ids: ['CELL-1'], sla_tier: 'GOLD', consent_proactive_comms: true },
    {
      customer_id: 'bela',
      name: 'Béla',
      entity_ids: ['CELL-1'],
      consent_proactive_comms: false,
      contact: 'bela@example.org',
    },
    { customer_id: 'cleo', name: 'Cleo', entity_ids: ['CELL-2'], consent_proactive_comms: true },
  ],
};

async function prepared(): Promise<{ engine: RunningEngine; token: string; clusterId: string }> {
  const engine = await startEngine();
  const token = engine.token('acme');
  await engine.ask({ method: 'PUT', path: '/api/v1/topology', token, json: topology });
  await engine.ask({ method: 'PUT', path: '/api/v1/customers', token, json: customers });
  await postAlarm(engine, token, { entity_id: 'POWER-1', alarm_type: 'POWER_FAIL', severity: 'critical' });
  const clusterId = await vi.waitFor(
    async () => {
      const list = impactListSchema.parse((await engine.ask({ path: '/api/v1/impact', token })).json());
      const [first] = list.items;
      if (first === undefined) throw new Error('no cluster yet');
      return first.cluster_id;
    },
    { timeout: 30_000, interval: 50 },
  );
  return { engine, token, clusterId };
}

describe('impact', () => {
  it('names who is hurt behind a cluster, with redundancy, revenue and the reasons of its place', async () => {
    const { engine, token, clusterId } = await prepared();
    const impact = clusterImpactSchema.parse(
      (await engine.ask({ path: `/api/v1/clusters/${clusterId}/impact`, token })).json(),
    );
    expect(impact).toMatchObject({ emergency_lost: 0, emergency_at_risk: 1, revenue_lost: 40, customers_lost: 2 });
    expect(impact.services).toMatchObject([{ entity_id: 'E112', harm: 'at_risk', is_emergency_service: true }]);
    expect(impact.customers.map(({ customer_id }) => customer_id).toSorted()).toEqual(['anna', 'bela']);
    expect(impact.order.map(({ name }) => name)).toEqual([
      'emergency_lost',
      'emergency_at_risk',
      'revenue',
      'sla',
      'severity',
    ]);
    const list = impactListSchema.parse((await engine.ask({ path: '/api/v1/impact', token })).json());
    expect(list.total).toMatchObject({ revenue_lost: 40, customers_lost: 2 });
    const other = engine.token('umbrella');
    expect(problemOf(await engine.ask({ path: `/api/v1/clusters/${clusterId}/impact`, token: other })).status).toBe(
      404,
    );
  });
});

describe('proactive care', () => {
  it('tells the customers of a cluster who agreed, and says who was left out and why', async () => {
    const { engine, token, clusterId } = await prepared();
    const ask = (json: unknown) => engine.ask({ method: 'POST', path: '/api/v1/proactive-care', token, json });
    expect((await ask({ cluster_id: clusterId, message: 'We work on it.' })).json()).toEqual({
      sent: ['anna'],
      blocked: [{ customer_id: 'bela', reason: 'no_consent' }],
      sent_count: 1,
      blocked_count: 1,
    });
    expect((await ask({ customer_ids: ['cleo', 'nobody', 'cleo'], message: 'Hello' })).json()).toEqual({
      sent: ['cleo'],
      blocked: [{ customer_id: 'nobody', reason: 'unknown_customer' }],
      sent_count: 1,
      blocked_count: 1,
    });
    expect((await ask({ message: 'To whom?' })).status).toBe(422);
    expect((await ask({ cluster_id: 'none', message: 'x' })).status).toBe(404);
    const blocked = await engine.ask({ path: '/api/v1/customers/bela/export', token });
    expect(blocked.json()).toMatchObject({ care: [{ outcome: 'blocked', reason: 'no_consent', message: null }] });
  });

  it('heeds consent that was withdrawn, and erases a customer with all that was written to it', async () => {
    const { engine, token } = await prepared();
    const consent = await engine.ask({
      method: 'PUT',
      path: '/api/v1/customers/anna/consent',
      token,
      json: { consent_proactive_comms: false },
    });
    expect(consent.json()).toMatchObject({ customer_id: 'anna', consent_proactive_comms: false });
    const care = await engine.ask({
      method: 'POST',
      path: '/api/v1/proactive-care',
      token,
      json: { customer_ids: ['anna'], message: 'x' },
    });
    expect(care.json()).toMatchObject({ sent_count: 0, blocked: [{ customer_id: 'anna', reason: 'no_consent' }] });
    expect((await engine.ask({ method: 'DELETE', path: '/api/v1/customers/anna', token })).status).toBe(200);
    expect((await engine.ask({ path: '/api/v1/customers/anna/export', token })).status).toBe(404);
    expect((await engine.ask({ method: 'DELETE', path: '/api/v1/customers/anna', token })).status).toBe(404);
    const list = await engine.ask({ path: '/api/v1/customers?q=b%C3%A9', token });
    expect(list.json()).toMatchObject({ next_cursor: null });
  });

  it('keeps tenants apart and asks for its own scopes', async () => {
    const { engine } = await prepared();
    const other = engine.token('umbrella');
    expect((await engine.ask({ path: '/api/v1/customers', token: other })).json()).toEqual({
      items: [],
      next_cursor: null,
    });
    const reader = engine.token('acme', ['ALARM_READ']);
    expect((await engine.ask({ path: '/api/v1/customers', token: reader })).status).toBe(403);
  });
});
