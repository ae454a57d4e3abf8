import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { CoreInput } from '#engine/core/inputs.ts';
import { createIntake } from '#engine/core/intake.ts';
import { startThreadHost } from '#engine/core/thread-host.ts';
import { openForReading } from '#engine/store/database.ts';
import { createChangeFeed } from '#engine/streams/change-feed.ts';
import { createLogger } from '#engine/telemetry/logger.ts';
import { migrationsFolder, reportInput } from '#test/support/engine/core.ts';
import { temporaryFolder } from '#test/support/engine/temporary-folder.ts';

// Threads start slowly on a loaded machine; nothing here passes by waiting.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 });

const entry = new URL('../../../src-main/engine/core/thread-entry.ts', import.meta.url);

async function startHost(
  folder = temporaryFolder(),
  delay: (milliseconds: number) => Promise<void> = async () => undefined,
) {
  const log: string[] = [];
  const file = path.join(folder, 'pedkai.db');
  const host = await startThreadHost({
    entry,
    settings: { databaseFile: file, migrationsFolder, synchronous: 'full', correlationWindowSeconds: 300 },
    logLevel: 'info',
    logSink: (line) => log.push(line),
    logger: createLogger((line) => log.push(line), 'info', Date.now),
    feed: createChangeFeed(),
    delay,
  });
  onTestFinished(() => host.stop());
  const rows = (sql: string): unknown[] => {
    const client = openForReading(file);
    try {
      return client.prepare(sql).all();
    } finally {
      client.close();
    }
  };
  return { host, log, rows, folder };
}

const ledgerSum =
  'SELECT coalesce(sum(new + repeated + cleared + suppressed + duplicate + rejected), 0) AS n FROM ledger';

describe('the core in its thread', () => {
  it('writes what it answers, and ends when it is stopped', async () => {
    const { host, rows } = await startHost();
    const { results } = await host.apply([reportInput({ event_id: 'e-1' })]);
    expect(results).toEqual([{ kind: 'accepted', eventId: 'e-1' }]);
    expect(rows('SELECT event_id FROM journal ORDER BY position LIMIT 1')).toEqual([{ event_id: 'e-1' }]);
    await host.stop();
    expect(host.state()).toBe('stopped');
    await expect(host.apply([reportInput()])).rejects.toThrow('stopped');
    await host.stop();
  });

  it('loses nothing and doubles nothing when it dies again and again under load', async () => {
    const { host, rows, log } = await startHost();
    const intake = createIntake({ host, queueMax: 10_000 });
    const acknowledged: string[] = [];
    let sent = 0;
    let isOver = false;
    const source = async (name: string) => {
      while (!isOver) {
        const eventId = `${name}-${sent++}`;
        const input: CoreInput = reportInput({ event_id: eventId, entity_id: `E${sent % 200}` });
        const result = await intake.submit(input);
        if (result.kind === 'accepted') acknowledged.push(eventId);
        else throw new Error(`${eventId} was answered ${result.kind}.`);
      }
    };
    const sources = Array.from({ length: 32 }, (_, index) => source(`s${index}`));
    for (let crashes = 0; crashes < 4; crashes += 1) {
      const enough = acknowledged.length + 300;
      await expect.poll(() => acknowledged.length, { timeout: 60_000, interval: 5 }).toBeGreaterThan(enough);
      await host.crash();
    }
    const enough = acknowledged.length + 100;
    await expect.poll(() => acknowledged.length, { timeout: 60_000, interval: 5 }).toBeGreaterThan(enough);
    isOver = true;
    await Promise.all(sources);
    await intake.drain();
    await host.settle();
    expect(host.state()).toBe('running');
    expect(log.filter((line) => line.includes('died')).length).toBe(4);
    const journaled = rows(`SELECT event_id FROM journal WHERE event_type = 'alarm.ingested'`);
    expect(journaled).toHaveLength(sent);
    expect(new Set(acknowledged).size).toBe(sent);
    expect(rows(ledgerSum)).toEqual([{ n: sent }]);
    expect(rows('SELECT duplicate FROM ledger')).toEqual([{ duplicate: 0 }]);
    expect(rows('SELECT sum(repeat_count + 1) AS n FROM alarms')).toEqual([{ n: sent }]);
    expect(rows('SELECT count(*) AS n FROM handler_faults')).toEqual([{ n: 0 }]);
  }, 300_000);

  it('answers what was sent while it was dead, in order', async () => {
    const { host } = await startHost();
    const crashed = host.crash();
    const answers = await Promise.all([
      host.apply([reportInput({ event_id: 'e-1' })]),
      host.apply([reportInput({ event_id: 'e-1' })]),
    ]);
    await crashed;
    expect(answers.flatMap((answer) => answer.results.map((result) => result.kind))).toEqual(['accepted', 'duplicate']);
  });

  it('can be stopped while it is being started again', async () => {
    const waiting = Promise.withResolvers<void>();
    const restarting = Promise.withResolvers<void>();
    const { host } = await startHost(temporaryFolder(), () => {
      restarting.resolve();
      return waiting.promise;
    });
    await host.crash();
    await restarting.promise;
    expect(host.state()).toBe('restarting');
    const stopped = host.stop();
    waiting.resolve();
    await stopped;
    expect(host.state()).toBe('stopped');
  });

  it('gives up when it cannot be started again, and says so to everybody who waits', async () => {
    const folder = temporaryFolder();
    let restarts = 0;
    const { host, log } = await startHost(folder, async () => {
      restarts += 1;
      if (restarts === 1) breakStore(folder);
    });
    const crashed = host.crash();
    await expect(host.apply([reportInput()])).rejects.toThrow('died repeatedly');
    await crashed;
    expect(host.state()).toBe('stopped');
    expect(restarts).toBe(5);
    expect(log.filter((line) => line.includes('could not be started'))).toHaveLength(5);
  }, 120_000);

  it('does not start when its thread ends before it is open', async () => {
    const dies = startThreadHost({
      entry: new URL('data:text/javascript,process.exit(3)'),
      settings: { databaseFile: 'none', migrationsFolder, synchronous: 'full', correlationWindowSeconds: 300 },
      logLevel: 'silent',
      logSink: () => undefined,
      logger: createLogger(() => undefined, 'silent', Date.now),
      feed: createChangeFeed(),
      delay: async () => undefined,
    });
    await expect(dies).rejects.toThrow('ended before it was open');
  });

  it('does not start on a store that is none, and leaves nothing running', async () => {
    const folder = temporaryFolder();
    breakStore(folder);
    await expect(startHost(folder)).rejects.toThrow(/not a database/);
  });
});

function breakStore(folder: string): void {
  for (const suffix of ['', '-wal', '-shm']) rmSync(path.join(folder, `pedkai.db${suffix}`), { force: true });
  writeFileSync(path.join(folder, 'pedkai.db'), 'This is no database. '.repeat(100));
}
