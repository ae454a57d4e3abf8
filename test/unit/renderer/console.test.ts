import { createRouterClient, implement, ORPCError } from '@orpc/server';
import { describe, expect, it } from 'vitest';
import { type Console, createConsole } from '#renderer/state/console.ts';
import type { ConsoleState } from '#renderer/state/console-store.ts';
import { operateIncident } from '#renderer/state/incident-operations.ts';
import { createTenantChoice } from '#renderer/state/tenant-choice.ts';
import { contract } from '#shared/api/contract.ts';
import { anIncident, aSession } from './renderer-objects.ts';

function memoryStorage(entries: Record<string, string> = {}) {
  const map = new Map(Object.entries(entries));
  return {
    getItem: (key: string) => map.get(key) ?? null,
    setItem: (key: string, value: string) => void map.set(key, value),
    removeItem: (key: string) => void map.delete(key),
  };
}

describe('choice of tenant', () => {
  it('keeps a choice that the session allows', () => {
    const choice = createTenantChoice(memoryStorage({ 'pedkai.tenant': 'south' }));
    expect(choice.settle(aSession({ tenants: ['north', 'south'] }))).toBe('south');
  });

  it('falls back to what the engine names when the choice is not allowed any more', () => {
    const choice = createTenantChoice(memoryStorage({ 'pedkai.tenant': 'gone' }));
    expect(choice.settle(aSession({ tenants: ['north', 'south'], tenant_id: 'north' }))).toBe('north');
    expect(choice.current()).toBe('north');
  });

  it('is none while there is no tenant', () => {
    const choice = createTenantChoice(memoryStorage({ 'pedkai.tenant': 'gone' }));
    expect(choice.settle(aSession({ tenants: [], tenant_id: null }))).toBeNull();
    expect(choice.current()).toBeNull();
  });
});

/** A console whose engine has the tenants given and says of each stream whose it is. */
function consoleFor(tenants: string[], remembered: Record<string, string> = {}) {
  const choice = createTenantChoice(memoryStorage(remembered));
  const opened: (string | null)[] = [];
  const timers: (() => void)[] = [];
  const os = implement(contract);
  const router = {
    session: os.console.session.handler(() => {
      const chosen = choice.current();
      if (chosen !== null && !tenants.includes(chosen)) throw new ORPCError('FORBIDDEN');
      return aSession({ tenants: [...tenants], tenant_id: chosen ?? tenants[0] ?? null });
    }),
    stream: os.console.stream.handler(async function* ({ signal }) {
      opened.push(choice.current());
      yield { kind: 'reset', sequence: 1 } as const;
      yield { kind: 'synchronized', sequence: 1, alarms_left_out: 0 } as const;
      await new Promise<void>((resolve) => signal?.addEventListener('abort', () => resolve()));
    }),
  };
  const console = createConsole({
    client: createRouterClient({ console: router }),
    tenantChoice: choice,
    schedule: (callback) => callback(),
    dropLink: () => undefined,
    now: () => 0,
    random: () => 0,
    after(_milliseconds, callback) {
      timers.push(callback);
      return () => void timers.splice(timers.indexOf(callback), 1);
    },
  });
  return { console, opened, timers, tenants };
}

/** Resolves when the store is as wanted. */
function until({ store }: Pick<Console, 'store'>, isWanted: (state: ConsoleState) => boolean) {
  return new Promise<void>((resolve) => {
    const check = () => {
      if (!isWanted(store.getState())) return;
      unsubscribe();
      resolve();
    };
    const unsubscribe = store.subscribe(check);
    check();
  });
}

describe('console', () => {
  it('shows the first tenant and another one when asked', async () => {
    const { console, opened } = consoleFor(['north', 'south']);
    console.start();
    await until(console, (state) => state.hasSnapshot);
    console.selectTenant('south');
    expect(console.store.getState()).toMatchObject({ tenantId: 'south', hasSnapshot: false });
    await until(console, (state) => state.hasSnapshot);
    expect(opened).toEqual(['north', 'south']);
    console.stop();
  });

  it('gives up a remembered tenant that the engine refuses', async () => {
    const { console, opened } = consoleFor(['north'], { 'pedkai.tenant': 'of-another-engine' });
    console.start();
    await until(console, (state) => state.connection.phase === 'live');
    expect(opened).toEqual(['north']);
    console.stop();
  });

  it('waits for a first tenant instead of failing', async () => {
    const { console, timers, tenants, opened } = consoleFor([]);
    console.start();
    await until(console, (state) => state.session.phase === 'ready');
    expect(console.store.getState().tenantId).toBeNull();
    tenants.push('north');
    await console.refreshSession();
    expect(console.store.getState().tenantId).toBe('north');
    for (const callback of timers.slice(-1)) callback();
    await until(console, (state) => state.hasSnapshot);
    expect(opened).toEqual(['north']);
    console.stop();
  });
});

describe('operation on an incident', () => {
  const incident = anIncident({ incident_id: 'i' });
  const stateOf = ({ store }: Pick<Console, 'store'>) => store.getState().incidents.byId.get('i')?.state;

  it('shows at once and keeps the answer of the engine', async () => {
    const { console } = consoleFor(['north']);
    const answer = Promise.withResolvers<typeof incident>();
    const outcome = operateIncident(console, incident, { state: 'acknowledged' }, () => answer.promise);
    expect(stateOf(console)).toBe('acknowledged');
    answer.resolve({ ...incident, state: 'in_progress' });
    expect(await outcome).toMatchObject({ ok: true });
    expect(stateOf(console)).toBe('in_progress');
  });

  it('is taken back when the engine refuses, and says why', async () => {
    const { console } = consoleFor(['north']);
    const refused = () => Promise.reject(new ORPCError('CONFLICT', { message: 'It is closed.' }));
    const outcome = await operateIncident(console, incident, { state: 'acknowledged' }, refused);
    expect(outcome).toEqual({ ok: false, title: 'Not possible in its present state', detail: 'It is closed.' });
    expect(stateOf(console)).toBe('new');
  });

  it('leaves something newer from the stream alone', async () => {
    const { console } = consoleFor(['north']);
    const answer = Promise.withResolvers<typeof incident>();
    const outcome = operateIncident(console, incident, { state: 'acknowledged' }, () => answer.promise);
    console.feed.put([{ topic: 'incident', change: 'upserted', data: { ...incident, state: 'closed' } }]);
    answer.reject(new Error('gone'));
    await outcome;
    expect(stateOf(console)).toBe('closed');
  });
});
