import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { signatureOf } from '#engine/executors/webhook-executor.ts';
import { actionDetailSchema, actionSchema } from '#shared/api/actions.ts';
import { adrSchema } from '#shared/api/adr.ts';
import { auditRecordSchema } from '#shared/api/audit.ts';
import { postAlarm, problemOf, type RunningEngine, startEngine } from '#test/support/engine/running-engine.ts';
import { temporaryFolder } from '#test/support/engine/temporary-folder.ts';
import { allowAll } from '#test/support/policies/facts.ts';
import { passphrase } from '#test/support/policies/people.ts';

const secret = 'a shared secret of more than 32 characters';
const quick = { PEDKAI_ACTIONS__LOOK_INTERVAL_SECONDS: '0.05' };
const list = <T extends z.ZodType>(item: T) => z.object({ items: z.array(item) });

/** Asks until the answer is as wanted: the engine looks for remedies by itself. */
async function until<T>(ask: () => Promise<T>, isIt: (value: T) => boolean): Promise<T> {
  const deadline = Date.now() + 20_000;
  for (;;) {
    const value = await ask();
    if (isIt(value)) return value;
    if (Date.now() > deadline) throw new Error(`It did not come about; the last answer was ${JSON.stringify(value)}.`);
    await new Promise((resolve) => setImmediate(resolve));
  }
}

async function withLinkDown(settings: Readonly<Record<string, string>> = {}, dataFolder = temporaryFolder()) {
  const engine = await startEngine({ dataFolder, settings: { ...quick, ...settings } });
  const token = engine.token('acme');
  await engine.ask({
    method: 'PUT',
    path: '/api/v1/topology',
    token,
    json: {
      entities: [
        { id: 'SITE-1', entity_type: 'SITE' },
        { id: 'R1', entity_type: 'ROUTER' },
        { id: 'C1', entity_type: 'CELL', sla_tier: 'GOLD', revenue_weight: 3 },
      ],
      links: [
        { from: 'SITE-1', to: 'R1', kind: 'contains' },
        { from: 'C1', to: 'R1', kind: 'depends_on' },
      ],
    },
  });
  await postAlarm(engine, token, { entity_id: 'R1', alarm_type: 'LINK_DOWN', severity: 'critical' });
  const actions = await until(
    async () => list(actionSchema).parse((await engine.ask({ path: '/api/v1/actions', token })).json()).items,
    (items) => items.length > 0,
  );
  const api = async (method: string, where: string, json?: unknown, session?: string) => {
    const answer = await engine.ask({
      method,
      path: `/api/v1${where}`,
      token,
      ...(json === undefined ? {} : { json }),
      ...(session === undefined ? {} : { headers: { 'x-pedkai-session': session } }),
    });
    return answer;
  };
  const adr = async () => list(adrSchema).parse((await api('GET', '/adr')).json()).items[0];
  return { engine, token, actions, api, adr };
}

/** Product Owner and CTO, signed in. */
async function leaders(api: Awaited<ReturnType<typeof withLinkDown>>['api']) {
  const people = [
    { name: 'Olga', roles: ['admin', 'product_owner'] },
    { name: 'Chen', roles: ['cto'] },
  ];
  const sessions: string[] = [];
  for (const person of people) expect((await api('POST', '/people', { ...person, passphrase })).status).toBe(201);
  for (const { name } of people) {
    const signedIn = await api('POST', '/people/sessions', { name, passphrase });
    sessions.push(z.object({ secret: z.string() }).parse(signedIn.json()).secret);
  }
  const [olga = '', chen = ''] = sessions;
  return { olga, chen };
}

async function auditOf(engine: RunningEngine, token: string) {
  return list(auditRecordSchema).parse((await engine.ask({ path: '/api/v1/audit?limit=1000', token })).json()).items;
}

describe('in advisory mode', () => {
  it('proposes with evidence, hands out a work order, takes the outcome, remembers, and executes nothing', async () => {
    const { engine, token, actions, api, adr } = await withLinkDown();
    const action = actions.find(({ action_type }) => action_type === 'switch_to_protection');
    if (action === undefined) throw new Error(`Proposed were ${actions.map(({ action_type }) => action_type)}.`);
    expect(action).toMatchObject({ state: 'proposed', entity_id: 'R1', risk: 'medium' });
    const detail = actionDetailSchema.parse((await api('GET', `/actions/${action.action_id}`)).json());
    expect(detail.verdict).toMatchObject({ outcome: 'allowed', approvals: 1 });
    expect(detail.checks.find(({ name }) => name === 'gate')).toMatchObject({ green: false });
    expect((await adr())?.state).toBe('A: advisory, unsigned');

    const approved = await api('POST', `/actions/${action.action_id}/approve`, { note: 'fits' });
    expect(actionSchema.parse(approved.json())).toMatchObject({ state: 'approved' });
    expect(actionSchema.parse(approved.json()).work_order).toContain(
      '# Work order: Switch to the protection path at R1',
    );
    const executed = await api('POST', `/actions/${action.action_id}/execute`);
    expect(executed.status).toBe(409);
    expect(problemOf(executed).detail).toContain('ADR-001 is at option A');

    const outcome = await api('POST', `/actions/${action.action_id}/outcome`, { outcome: 'worked', rating: 5 });
    expect(actionSchema.parse(outcome.json())).toMatchObject({ state: 'verified', outcome: 'worked' });
    const decisions = list(z.looseObject({ reward: z.number().nullable(), outcome: z.string() })).parse(
      (await api('GET', `/decisions?similar_to=${action.cluster_id}`)).json(),
    );
    expect(decisions.items[0]).toMatchObject({ outcome: 'worked', similarity: expect.any(Number) });
    const again = await api('POST', `/actions/${action.action_id}/approve`, {});
    expect(again.status).toBe(409);

    const whats = (await auditOf(engine, token)).map(({ what }) => what);
    for (const what of [
      'topology.replace',
      'action.proposed',
      'action.approved',
      'action.execute.refused',
      'action.executed',
      'action.verified',
      'decision.evaluated',
    ])
      expect(whats).toContain(what);
    const handover = await api(
      'GET',
      `/handover?since=${encodeURIComponent(new Date(Date.now() - 3_600_000).toISOString())}`,
    );
    expect(handover.text).toContain('Waiting for a decision');
  }, 60_000);

  it('is strict with what it is asked', async () => {
    const { engine, actions, api } = await withLinkDown();
    const id = actions[0]?.action_id ?? '';
    expect((await api('POST', '/actions/none/approve', {})).status).toBe(404);
    expect((await api('POST', `/actions/${id}/reject`, {})).status).toBe(422);
    expect((await api('POST', `/actions/${id}/outcome`, { outcome: 'worked' })).status).toBe(409);
    expect((await api('POST', '/adr/ADR-001/choose', { option: 'C', reason: 'more' })).status).toBe(409);
    expect((await api('POST', '/adr/ADR-001/sign', { role: 'cto', passphrase, document_hash: 'x' })).status).toBe(403);
    expect((await api('GET', '/decisions?similar_to=nothing')).status).toBe(404);
    const other = engine.token('zeta');
    expect((await engine.ask({ path: `/api/v1/actions/${id}`, token: other })).status).toBe(404);
    expect((await engine.ask({ path: '/api/v1/audit', token: other })).json()).toMatchObject({ items: [] });
    const reader = engine.token('acme', ['ACTION_READ']);
    const refused = await engine.ask({
      method: 'POST',
      path: `/api/v1/actions/${id}/approve`,
      token: reader,
      json: {},
    });
    expect(refused.status).toBe(403);
    const source = 'policy: p\nrules:\n  - {rule: r, effect: forbid, because: b, colour: red}\n';
    const broken = await api('PUT', '/policies', { source });
    expect(broken.status).toBe(422);
    expect(problemOf(broken).detail).toContain('line 3: unknown field "colour"');
    expect((await api('POST', `/actions/${id}/reject`, { reason: 'not now' })).json()).toMatchObject({
      state: 'rejected',
    });
  }, 60_000);
});

describe('policies', () => {
  it('take effect at once, by API and by file; what is broken leaves the old one; what-if tells before', async () => {
    const { engine, actions, api } = await withLinkDown();
    const id = actions[0]?.action_id ?? '';
    const strict = 'policy: strict\nrules:\n  - {rule: never, effect: forbid, because: Change freeze.}\n';
    const tried = await api('POST', '/policies/try', { source: strict });
    expect(tried.json()).toMatchObject({
      faults: [],
      changed: expect.arrayContaining([expect.objectContaining({ after: 'forbidden' })]),
    });
    expect((await api('PUT', '/policies', { source: strict })).json()).toMatchObject({ policy: 'strict', version: 1 });
    const forbidden = await api('POST', `/actions/${id}/approve`, {});
    expect(problemOf(forbidden).detail).toContain('Change freeze.');
    expect((await api('PUT', '/policies', { source: strict.replace('forbid', 'permit') })).status).toBe(422);
    expect((await api('PUT', '/policies', { source: strict, expected_version: 7 })).status).toBe(409);
    expect((await api('GET', '/policies')).json()).toMatchObject({ items: [{ policy: 'strict', version: 1 }] });
    await api('POST', '/policies/strict/withdraw', { reason: 'over' });

    const folder = path.join(engine.dataFolder, 'policies', 'acme');
    mkdirSync(folder, { recursive: true });
    writeFileSync(
      path.join(folder, 'pair.yaml'),
      'policy: pair\nrules:\n  - {rule: two, effect: approvals, approvals: 2, because: Four eyes.}\n',
    );
    await until(
      async () => list(z.object({ policy: z.string() })).parse((await api('GET', '/policies')).json()).items,
      (items) => items.some(({ policy }) => policy === 'pair'),
    );
    expect(problemOf(await api('POST', `/actions/${id}/approve`, {})).detail).toContain('sign in');
  }, 60_000);
});

describe('with option B signed', () => {
  it('executes what was approved through the webhook, and nothing more once it is revoked, edited or stopped', async () => {
    const orders: { body: string; headers: Record<string, unknown> }[] = [];
    const receiver = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk) => {
        body += String(chunk);
      });
      request.on('end', () => {
        orders.push({ body, headers: request.headers });
        response.end(JSON.stringify({ status: 'done', message: 'switched' }));
      });
    });
    await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => {
      receiver.close();
    });
    const address = receiver.address() as AddressInfo;
    const dataFolder = temporaryFolder();
    mkdirSync(path.join(dataFolder, 'adr'));
    const document = path.join(dataFolder, 'adr', 'ADR-001-own.md');
    writeFileSync(
      document,
      readFileSync(new URL('../../../docs/adr/ADR-001-autonomy-positioning.md', import.meta.url)),
    );
    const { engine, token, actions, api, adr } = await withLinkDown(
      {
        PEDKAI_ACTIONS__EXECUTOR: 'webhook',
        PEDKAI_ACTIONS__WEBHOOK_URL: `http://127.0.0.1:${address.port}/orders`,
        PEDKAI_ACTIONS__WEBHOOK_SECRET: secret,
      },
      dataFolder,
    );
    const id = actions.find(({ action_type }) => action_type === 'switch_to_protection')?.action_id ?? '';
    const { olga, chen } = await leaders(api);
    const hash = (await adr())?.document_hash ?? '';
    const sign = (role: string, session: string, words = passphrase) =>
      api('POST', '/adr/ADR-001/sign', { role, passphrase: words, document_hash: hash }, session);

    expect((await sign('product_owner', olga)).status).toBe(409); // A needs no signature.
    await api('POST', '/adr/ADR-001/choose', { option: 'B', reason: 'ready' });
    expect((await sign('product_owner', olga, 'wrong wrong wrong')).status).toBe(403);
    expect((await sign('cto', olga)).status).toBe(409);
    expect((await sign('product_owner', olga)).status).toBe(200);
    expect((await adr())?.in_force).toBe('A');
    expect((await sign('cto', chen)).status).toBe(200);
    expect(await adr()).toMatchObject({ in_force: 'B', state: 'B: execution, signed' });

    await api('PUT', '/policies', { source: allowAll });
    await api('POST', `/actions/${id}/approve`, {});
    expect(problemOf(await api('POST', `/actions/${id}/execute`)).detail).toContain('self-test has never run');
    expect((await api('POST', '/adr/ADR-001/self-test')).json()).toMatchObject({ passed: true });

    writeFileSync(document, `${readFileSync(document, 'utf8')}\nOne more line.\n`);
    expect(problemOf(await api('POST', `/actions/${id}/execute`)).detail).toContain('was edited');
    writeFileSync(
      document,
      readFileSync(new URL('../../../docs/adr/ADR-001-autonomy-positioning.md', import.meta.url)),
    );
    await api('POST', '/emergency-stop', { reason: 'try it' });
    expect(problemOf(await api('POST', `/actions/${id}/execute`)).detail).toContain('emergency stop');
    await api('POST', '/emergency-stop/release', { reason: 'tried' });
    expect(orders).toHaveLength(0);

    expect((await api('POST', `/actions/${id}/execute`)).status).toBe(200);
    await until(
      async () => actionSchema.parse((await api('GET', `/actions/${id}`)).json()).state,
      (state) => state === 'executed',
    );
    expect(orders).toHaveLength(1);
    const [order] = orders;
    const timestamp = String(order?.headers['x-pedkai-timestamp']);
    expect(order?.headers['x-pedkai-signature']).toBe(signatureOf(secret, timestamp, order?.body ?? ''));
    expect(JSON.parse(order?.body ?? '')).toMatchObject({
      action_id: id,
      action_type: 'switch_to_protection',
      entity_id: 'R1',
      attempt: 1,
    });

    await api('POST', '/adr/ADR-001/revoke', { reason: 'enough' });
    expect(await adr()).toMatchObject({ in_force: 'A' });
    const trail = await auditOf(engine, token);
    expect(trail.filter(({ what }) => what === 'adr.signed').map(({ actor }) => actor)).toEqual(['Chen', 'Olga']);
    expect(trail.map(({ what }) => what)).toEqual(
      expect.arrayContaining(['adr.sign.refused', 'execution.let_through', 'gate.stopped', 'adr.revoked']),
    );
    // An outcome that says it made things worse, with the gate closed again: the way back waits for a person.
    await api('POST', `/actions/${id}/outcome`, { outcome: 'made_worse', note: 'loop' });
    const all = list(actionSchema).parse((await api('GET', '/actions')).json()).items;
    expect(all.find(({ undoes }) => undoes === id)).toMatchObject({
      action_type: 'switch_to_working',
      state: 'approved',
    });
    expect(orders).toHaveLength(1);
  }, 90_000);
});

describe('people', () => {
  it('sign in; the workstation decides nothing without them; sessions end', async () => {
    const { engine, actions, api } = await withLinkDown();
    const id = actions[0]?.action_id ?? '';
    const asConsole = (method: string, where: string, json: unknown, session?: string) =>
      engine.ask({
        method,
        path: `/api/v1${where}`,
        token: engine.consoleKey,
        json,
        ...(session === undefined ? {} : { headers: { 'x-pedkai-session': session } }),
      });
    expect((await api('POST', '/people', { name: 'Vi', roles: ['viewer'], passphrase })).status).toBe(409);
    expect((await api('POST', '/people', { name: 'Short', roles: ['admin'], passphrase: 'short' })).status).toBe(422);
    const { olga } = await leaders(api);
    expect((await asConsole('POST', `/actions/${id}/approve`, {})).status).toBe(403);
    expect((await api('POST', '/people/sessions', { name: 'Olga', passphrase: 'no no no no no' })).status).toBe(403);
    expect((await asConsole('POST', `/actions/${id}/approve`, {}, olga)).json()).toMatchObject({
      approvals: [{ name: 'Olga', actor_kind: 'person' }],
    });
    const alone = await engine.ask({ path: '/api/v1/people/me', token: olga });
    expect(alone.json()).toMatchObject({ person: { name: 'Olga' } });
    expect((await api('POST', '/people/sessions/end', {}, olga)).json()).toEqual({ ended: true });
    expect((await engine.ask({ path: '/api/v1/people/me', token: olga })).status).toBe(401);
  }, 60_000);
});
