import { describe, expect, it, vi } from 'vitest';
import type { StreamItem } from '#shared/api/console.ts';
import type { ConsoleClient } from '#shared/api/contract.ts';
import { httpConsole, portConsole, untilIncidents } from '#test/support/engine/console-clients.ts';
import { at } from '#test/support/engine/reports.ts';
import {
  alarmsOf,
  ledgerOf,
  postAlarm,
  problemOf,
  type RunningEngine,
  startEngine,
} from '#test/support/engine/running-engine.ts';
import { isAlarmOf, isComment, openStream } from '#test/support/engine/sse.ts';

// Threads start slowly on a loaded machine; nothing here passes by waiting.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 });

const tenants = ['acme', 'globex'] as const;

/** Two tenants that post the same things at the same time: same entities, same event ids, same topology. */
async function twoTenants(inThread = true) {
  const engine = await startEngine({ inThread });
  const tokens = { acme: engine.token('acme'), globex: engine.token('globex') };
  await Promise.all(
    tenants.flatMap((tenant) => [
      engine.ask({
        method: 'PUT',
        path: '/api/v1/topology',
        token: tokens[tenant],
        json: {
          entities: [
            { id: 'SHARED', entity_type: tenant === 'acme' ? 'EMERGENCY_SERVICE' : 'POWER', name: `${tenant} site` },
          ],
          links: [],
        },
      }),
      ...Array.from({ length: 20 }, (_, index) =>
        postAlarm(engine, tokens[tenant], {
          event_id: `e-${index}`,
          entity_id: index % 2 === 0 ? 'SHARED' : `${tenant}-${index}`,
          raised_at: at(index),
          text: `secret of ${tenant}`,
        }),
      ),
    ]),
  );
  await Promise.all(tenants.map((tenant) => untilIncidents(httpConsole(engine, tenant), 11)));
  return { engine, tokens };
}

const otherOf = (tenant: 'acme' | 'globex') => (tenant === 'acme' ? 'globex' : 'acme');

/** The hours around this run. */
const period = {
  from: new Date(Date.now() - 3_600_000).toISOString(),
  to: new Date(Date.now() + 3_600_000).toISOString(),
};

/** Everything that the client can read, as one text; when a report was made is left out. */
async function everythingOf(client: ConsoleClient): Promise<string> {
  const alarms = await client.alarms.list({ limit: 1_000 });
  const clusters = await client.clusters.list({ state: 'all', limit: 1_000 });
  const incidents = await client.incidents.list({ limit: 1_000 });
  return JSON.stringify([
    alarms,
    clusters,
    incidents,
    await Promise.all(alarms.items.map((alarm) => client.alarms.get({ alarm_id: alarm.alarm_id }))),
    await Promise.all(clusters.items.map((cluster) => client.clusters.get({ cluster_id: cluster.cluster_id }))),
    await Promise.all(clusters.items.map((cluster) => client.clusters.sitrep({ cluster_id: cluster.cluster_id }))),
    await Promise.all(incidents.items.map((incident) => client.incidents.get({ incident_id: incident.incident_id }))),
    await client.topology.get(),
    await client.ledger.get(),
    await client.scorecard.get({ from: period.from, to: period.to }),
  ]).replace(/"generated_at":"[^"]*"/g, '');
}

/** What a stream tells until it is complete, and then one pulse. */
async function streamed(client: ConsoleClient): Promise<StreamItem[]> {
  const items: StreamItem[] = [];
  const stop = new AbortController();
  const kinds = new Set<string>();
  for await (const item of await client.console.stream({}, { signal: stop.signal })) {
    items.push(item);
    kinds.add(item.kind);
    if (kinds.has('synchronized') && kinds.has('pulse')) break;
  }
  stop.abort();
  return items;
}

describe('two tenants', () => {
  it('have alarms, counts and duplicates of their own, whatever the other sends', async () => {
    const { engine, tokens } = await twoTenants();
    for (const tenant of tenants) {
      expect(await ledgerOf(engine, tokens[tenant])).toMatchObject({
        received: 20,
        duplicate: 0,
        new: 11,
        repeated: 9,
      });
      const alarms = await alarmsOf(engine, tokens[tenant], '?limit=1000');
      expect(alarms).toHaveLength(11);
      expect(new Set(alarms.map((alarm) => alarm.tenant_id))).toEqual(new Set([tenant]));
    }
  });

  it.each(tenants)('see nothing of each other in any answer: %s', async (tenant) => {
    const { engine } = await twoTenants();
    const over = { http: httpConsole(engine, tenant), port: portConsole(engine, tenant).client };
    for (const client of Object.values(over)) {
      const everything = await everythingOf(client);
      expect(everything).toContain(`secret of ${tenant}`);
      expect(everything).toContain(`${tenant} site`);
      expect(everything).not.toContain(otherOf(tenant));
    }
    expect(await everythingOf(over.http)).toBe(await everythingOf(over.port));
  });

  it('are told nothing of each other by the streams', async () => {
    const { engine, tokens } = await twoTenants();
    const acme = await openStream(engine.url, tokens.acme, 0);
    await acme.next(isComment('connected'));
    await postAlarm(engine, tokens.globex, { entity_id: 'globex-late' });
    await postAlarm(engine, tokens.acme, { entity_id: 'acme-late' });
    await acme.next(isAlarmOf('acme-late'));
    expect(JSON.stringify(acme.parts)).not.toContain('globex');
    for (const client of [httpConsole(engine, 'acme'), portConsole(engine, 'acme').client]) {
      const items = await streamed(client);
      expect(JSON.stringify(items)).toContain('acme-late');
      expect(JSON.stringify(items)).not.toContain('globex');
      const pulse = items.find((item) => item.kind === 'pulse');
      expect(pulse?.pulse.ledger.received).toBe(21);
    }
  });

  it('cannot touch what is the other’s: it does not exist for them', async () => {
    const { engine, tokens } = await twoTenants();
    const theirs = httpConsole(engine, 'globex');
    const [alarm] = (await theirs.alarms.list({})).items;
    const [cluster] = (await theirs.clusters.list({})).items;
    const [incident] = (await theirs.incidents.list({})).items;
    const before = await everythingOf(theirs);
    const tryTo = async (method: string, path: string, json?: object) => {
      const answer = await engine.ask({
        method,
        path: `/api/v1${path}`,
        token: tokens.acme,
        ...(json === undefined ? {} : { json }),
      });
      expect(problemOf(answer), path).toMatchObject({ status: 404 });
    };
    for (const name of ['ack', 'unack', 'unshelve', 'clear'])
      await tryTo('POST', `/alarms/${alarm?.alarm_id}/${name}`, {});
    await tryTo('POST', `/alarms/${alarm?.alarm_id}/shelve`, { minutes: 1, reason: 'x' });
    await tryTo('POST', `/alarms/${alarm?.alarm_id}/comment`, { text: 'x' });
    await tryTo('GET', `/alarms/${alarm?.alarm_id}`);
    await tryTo('GET', `/clusters/${cluster?.cluster_id}`);
    await tryTo('GET', `/clusters/${cluster?.cluster_id}/sitrep`);
    await tryTo('GET', `/incidents/${incident?.incident_id}`);
    await tryTo('PATCH', `/incidents/${incident?.incident_id}`, { title: 'mine' });
    await tryTo('POST', `/incidents/${incident?.incident_id}/ack`, {});
    await tryTo('POST', `/incidents/${incident?.incident_id}/note`, { text: 'x' });
    await tryTo('POST', '/incidents', { title: 'x', severity: 'major', cluster_id: cluster?.cluster_id });
    const bulk = await engine.ask({
      method: 'POST',
      path: '/api/v1/alarms/bulk',
      token: tokens.acme,
      json: { alarm_ids: [alarm?.alarm_id], operation: 'clear' },
    });
    expect(bulk.json()).toMatchObject({ done: [], refused: [{ code: 'NOT_FOUND' }] });
    expect(await everythingOf(theirs)).toBe(before);
  });

  it('are chosen by the token, whatever header or filter says', async () => {
    const { engine, tokens } = await twoTenants(false);
    const headers = { 'x-pedkai-tenant': 'globex' };
    const answer = await engine.ask({
      path: '/api/v1/alarms?tenant_id=globex&limit=1000',
      token: tokens.acme,
      headers,
    });
    expect(answer.text).not.toContain('globex');
    const session = await httpConsole(engine, 'globex', tokens.acme).console.session();
    expect(session).toMatchObject({ tenant_id: 'acme', tenants: ['acme'] });
  });

  it('have tokens of their own: an ADMIN of one neither sees, makes nor revokes the other’s', async () => {
    const { engine, tokens } = await twoTenants(false);
    const acme = httpConsole(engine, undefined, tokens.acme);
    const all = await httpConsole(engine).console.tokens.list();
    expect(all.map((token) => token.tenant_id).toSorted()).toEqual(['acme', 'globex']);
    expect((await acme.console.tokens.list()).map((token) => token.tenant_id)).toEqual(['acme']);
    const theirs = all.find((token) => token.tenant_id === 'globex')?.token_id ?? '';
    await expect(acme.console.tokens.revoke({ token_id: theirs })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(acme.console.tokens.create({ tenant_id: 'globex', scopes: ['ADMIN'] })).rejects.toMatchObject({
      code: 'FORBIDDEN',
    });
    expect((await postAlarm(engine, tokens.globex)).status).toBe(202);
  });
});

describe('the console', () => {
  const consoles: [string, (engine: RunningEngine, tenant?: string) => ConsoleClient][] = [
    ['over HTTP', (engine, tenant) => httpConsole(engine, tenant)],
    ['over a message port', (engine, tenant) => portConsole(engine, tenant).client],
  ];

  it.each(consoles)(
    '%s works for the tenant it asks for, and for no other that does not exist',
    async (_name, consoleOf) => {
      const { engine } = await twoTenants(false);
      expect(await consoleOf(engine).console.session()).toMatchObject({
        tenant_id: 'acme',
        tenants: ['acme', 'globex'],
      });
      expect(await consoleOf(engine, 'globex').console.session()).toMatchObject({ tenant_id: 'globex' });
      await expect(consoleOf(engine, 'ghost').alarms.list({})).rejects.toMatchObject({ code: 'FORBIDDEN' });
    },
  );

  it.each(consoles)('%s makes a token that works at once, and revokes it at once', async (_name, consoleOf) => {
    const engine = await startEngine({ inThread: true });
    const client = consoleOf(engine);
    expect((await client.console.session()).tenant_id).toBeNull();
    await expect(client.alarms.list({})).rejects.toMatchObject({ code: 'CONFLICT' });
    const made = await client.console.tokens.create({
      tenant_id: 'acme',
      scopes: ['ALARM_WRITE'],
      name: 'nms',
      expires_days: 1,
    });
    expect((await postAlarm(engine, made.secret)).status).toBe(202);
    expect((await client.console.session()).tenant_id).toBe('acme');
    const [listed] = await client.console.tokens.list();
    expect(listed).toMatchObject({ token_id: made.token_id, revoked_at: null });
    expect(JSON.stringify(listed)).not.toContain(made.secret);
    expect((await client.console.tokens.revoke({ token_id: made.token_id })).revoked_at).not.toBeNull();
    expect((await postAlarm(engine, made.secret)).status).toBe(401);
  });
});
