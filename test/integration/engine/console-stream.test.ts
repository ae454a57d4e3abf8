import { describe, expect, it, vi } from 'vitest';
import type { Change, StreamItem } from '#shared/api/console.ts';
import type { ConsoleClient } from '#shared/api/contract.ts';
import { httpConsole, portConsole } from '#test/support/engine/console-clients.ts';
import { at, report } from '#test/support/engine/reports.ts';
import { postAlarm, postBatch, type RunningEngine, startEngine } from '#test/support/engine/running-engine.ts';
import { temporaryFolder } from '#test/support/engine/temporary-folder.ts';

// Threads start slowly on a loaded machine; nothing here passes by waiting.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 });

const consoles: [string, (engine: RunningEngine) => ConsoleClient][] = [
  ['over HTTP', (engine) => httpConsole(engine)],
  ['over a message port', (engine) => portConsole(engine).client],
];

/** A console that reads its stream item by item and keeps what it was told, as the screen does. */
async function watch(client: ConsoleClient, afterSequence?: number) {
  const stop = new AbortController();
  const input = afterSequence === undefined ? {} : { after_sequence: afterSequence };
  const stream = (await client.console.stream(input, { signal: stop.signal }))[Symbol.asyncIterator]();
  const items: StreamItem[] = [];
  let sequence = afterSequence ?? 0;
  const idOf = ({ topic, data }: Change) =>
    topic === 'alarm'
      ? data.alarm_id
      : topic === 'cluster'
        ? data.cluster_id
        : topic === 'action'
          ? data.action_id
          : data.incident_id;
  const held = new Map<string, Change>();
  return {
    items,
    held,
    sequence: () => sequence,
    stop: () => stop.abort(),
    ended: async () => {
      while ((await stream.next()).done !== true);
    },
    /** Reads on until an item fits. */
    async until(fits: (item: StreamItem) => boolean): Promise<StreamItem> {
      for (;;) {
        const { value, done } = await stream.next();
        if (done) throw new Error('The stream ended.');
        items.push(value);
        if (value.kind === 'reset') held.clear();
        if (value.kind !== 'pulse') {
          expect(value.sequence).toBeGreaterThanOrEqual(sequence);
          sequence = value.sequence;
        }
        if (value.kind === 'changes')
          for (const change of value.changes) held.set(`${change.topic} ${idOf(change)}`, change);
        if (fits(value)) return value;
      }
    },
  };
}

const isComplete = (item: StreamItem) => item.kind === 'synchronized';
const tells = (entityId: string) => (item: StreamItem) =>
  item.kind === 'changes' &&
  item.changes.some((change) => change.topic === 'alarm' && change.data.entity_id === entityId);
const entitiesOf = (held: ReadonlyMap<string, Change>) =>
  [...held.values()].flatMap((change) => (change.topic === 'alarm' ? [change.data.entity_id] : [])).toSorted();

describe.each(consoles)('the console’s stream %s', (_name, consoleOf) => {
  it('begins with everything that stands, says when it is complete, and goes on with what comes', async () => {
    const engine = await startEngine({ inThread: true });
    const token = engine.token('acme');
    await postBatch(
      engine,
      token,
      ['A', 'B'].map((entityId) => JSON.stringify(report({ entity_id: entityId }))),
    );
    const seen = await watch(consoleOf(engine));
    await seen.until(isComplete);
    expect(seen.items[0]).toMatchObject({ kind: 'reset' });
    expect(entitiesOf(seen.held)).toEqual(['A', 'B']);
    await postAlarm(engine, token, { entity_id: 'C' });
    await seen.until(tells('C'));
    const pulse = await seen.until((item) => item.kind === 'pulse');
    expect(pulse).toMatchObject({ pulse: { core: 'running', ledger: { received: expect.any(Number) } } });
    seen.stop();
  });

  it('resumes after a restart with what was missed and nothing else', async () => {
    const dataFolder = temporaryFolder();
    const first = await startEngine({ dataFolder });
    const token = first.token('acme');
    // One that opens no incident a moment later, which would be a change of its own.
    await postAlarm(first, token, { entity_id: 'old', severity: 'warning' });
    const before = await watch(consoleOf(first));
    await before.until(isComplete);
    const reached = before.sequence();
    before.stop();
    await postAlarm(first, token, { entity_id: 'missed' });
    await first.stop();
    const second = await startEngine({ dataFolder });
    const after = await watch(consoleOf(second), reached);
    await after.until(isComplete);
    expect(after.items.some((item) => item.kind === 'reset')).toBe(false);
    expect(entitiesOf(after.held)).toEqual(['missed']);
    after.stop();
  });

  it('begins anew for a console that knows more than this store', async () => {
    const engine = await startEngine();
    await postAlarm(engine, engine.token('acme'), { entity_id: 'A' });
    const client = consoleOf(engine);
    const stream = await client.console.stream({ after_sequence: 1_000_000_000 });
    const { value } = await stream[Symbol.asyncIterator]().next();
    expect(value).toMatchObject({ kind: 'reset' });
    await stream.return?.(undefined);
  });

  it('says how many standing alarms it left out', async () => {
    const engine = await startEngine({ settings: { PEDKAI_CONSOLE__SNAPSHOT_MAX: '100' } });
    const token = engine.token('acme');
    const lines = Array.from({ length: 130 }, (_, index) =>
      JSON.stringify(report({ entity_id: `E${index}`, raised_at: at(index) })),
    );
    await postBatch(engine, token, lines);
    // Correlation has settled, and touches nothing any more.
    const incidents = async () => (await engine.ask({ path: '/api/v1/incidents', token })).text;
    await expect.poll(incidents, { timeout: 20_000 }).toContain('"incident_id"');
    const seen = await watch(consoleOf(engine));
    expect(await seen.until(isComplete)).toMatchObject({ alarms_left_out: 30 });
    expect(entitiesOf(seen.held)).toHaveLength(100);
    seen.stop();
  });

  it('does not hold up the engine’s end', async () => {
    const engine = await startEngine({ inThread: true });
    await postAlarm(engine, engine.token('acme'), { entity_id: 'A' });
    const seen = await watch(consoleOf(engine));
    await seen.until(isComplete);
    const ended = seen.ended().catch(() => undefined);
    await engine.stop();
    await ended;
    expect(engine.log.filter((line) => line.level === 'error')).toEqual([]);
  });
});

describe('a message port', () => {
  it('that is closed by the other side ends its streams', async () => {
    const engine = await startEngine();
    await postAlarm(engine, engine.token('acme'), { entity_id: 'A' });
    const { client, detach } = portConsole(engine);
    const seen = await watch(client);
    await seen.until(isComplete);
    const ended = seen.ended().catch(() => undefined);
    detach();
    await ended;
    await engine.stop();
    expect(engine.log.filter((line) => line.level === 'error')).toEqual([]);
  });
});
