import { describe, expect, it } from 'vitest';
import type { CoreInput } from '#engine/core/inputs.ts';
import { createIntake, NotRunningError, QueueFullError } from '#engine/core/intake.ts';
import { traceContextFrom } from '#engine/telemetry/trace-context.ts';
import { heldHost } from '#test/support/engine/held-host.ts';
import { report } from '#test/support/engine/reports.ts';

const trace = traceContextFrom(undefined, undefined);
const input = (entryId: string): CoreInput => ({
  kind: 'report',
  entryId,
  tenantId: 'acme',
  report: report({ event_id: entryId }),
  trace,
});
const inputs = (count: number, prefix = 'e') => Array.from({ length: count }, (_, index) => input(`${prefix}${index}`));

function intakeOf(queueMax: number) {
  const host = heldHost();
  const intake = createIntake({ host, queueMax });
  return { host, intake };
}

describe('the queue before the core', () => {
  it('puts everything that arrives while a batch is written into the next one', async () => {
    const { host, intake } = intakeOf(1_000);
    const first = intake.submit(input('first'));
    await host.whenGiven(1);
    const others = inputs(300).map((each) => intake.submit(each));
    expect(host.given).toHaveLength(1);
    host.answer();
    await first;
    await host.whenGiven(2);
    expect(host.given[1]?.map((each) => each.entryId)).toEqual(inputs(300).map((each) => each.entryId));
    host.release();
    await Promise.all(others);
    await intake.drain();
    expect(host.given.flat()).toHaveLength(301);
  });

  it('answers only what the core has answered', async () => {
    const { host, intake } = intakeOf(10);
    const settled: string[] = [];
    const answered = intake.submit(input('a')).then((result) => settled.push(result.kind));
    await host.whenGiven(1);
    await new Promise<void>((resolve) => setImmediate(resolve));
    expect(settled).toEqual([]);
    host.release();
    await answered;
    expect(settled).toEqual(['accepted']);
    await intake.drain();
  });

  it('refuses what does not fit, counting what is in flight, and takes again once there is room', async () => {
    const { host, intake } = intakeOf(3);
    const taken = inputs(3).map((each) => intake.submit(each));
    await expect(intake.submit(input('late'))).rejects.toBeInstanceOf(QueueFullError);
    expect(intake.hasRoom()).toBe(false);
    expect(intake.depth()).toBe(3);
    await host.whenGiven(1);
    await expect(intake.submit(input('late'))).rejects.toBeInstanceOf(QueueFullError);
    host.release();
    await Promise.all(taken);
    expect(intake.hasRoom()).toBe(true);
    await expect(intake.submit(input('later'))).resolves.toMatchObject({ kind: 'accepted' });
    await intake.drain();
  });

  it('lets batches wait for room without going over the bound, each in its own order', async () => {
    const { host, intake } = intakeOf(5);
    const batches = ['a', 'b', 'c', 'd'].map((prefix) => intake.submitAll(inputs(20, prefix)));
    const depths: number[] = [];
    let given = 1;
    while (given <= 80) {
      await host.whenGiven(given);
      depths.push(intake.depth());
      host.answer();
      given = host.given.length + 1;
      if (host.given.flat().length === 80 && host.held.length === 0) break;
    }
    const results = await Promise.all(batches);
    expect(results.flat()).toHaveLength(80);
    expect(Math.max(...depths)).toBeLessThanOrEqual(5);
    const order = host.given
      .flat()

      .map((each) => each.entryId);
    for (const prefix of ['a', 'b', 'c', 'd'])
      expect(order.filter((entryId) => entryId.startsWith(prefix))).toEqual(
        inputs(20, prefix).map((each) => each.entryId),
      );
    host.release();
    await intake.drain();
  });

  it('never gives the core a batch without end', async () => {
    const { host, intake } = intakeOf(10_000);
    host.release();
    await intake.submitAll(inputs(5_000));
    expect(Math.max(...host.given.map((batch) => batch.length))).toBeLessThanOrEqual(1_000);
    await intake.drain();
  });

  it('fails those whose batch failed, and only those', async () => {
    const { host, intake } = intakeOf(10);
    const first = intake.submit(input('first'));
    await host.whenGiven(1);
    const second = intake.submit(input('second'));
    host.fail(new Error('The disk is full.'));
    await expect(first).rejects.toThrow('The disk is full.');
    host.release();
    await expect(second).resolves.toMatchObject({ kind: 'accepted' });
    expect(intake.depth()).toBe(0);
    await intake.drain();
  });

  it('fails a batch that is still waiting for room without an unhandled rejection', async () => {
    const { host, intake } = intakeOf(2);
    const unhandled: unknown[] = [];
    const note = (reason: unknown) => unhandled.push(reason);
    process.on('unhandledRejection', note);
    try {
      const failed = expect(intake.submitAll(inputs(4))).rejects.toThrow('The disk is full.');
      await host.whenGiven(1);
      host.fail(new Error('The disk is full.'));
      await host.whenGiven(2);
      await new Promise<void>((resolve) => setImmediate(resolve));
      host.release();
      await failed;
      expect(unhandled).toEqual([]);
    } finally {
      process.off('unhandledRejection', note);
    }
    await intake.drain();
  });

  it('takes nothing more once it drains, and has finished when everything taken is answered', async () => {
    const { host, intake } = intakeOf(10);
    const taken = intake.submit(input('a'));
    const drained = intake.drain().then(() => intake.depth());
    await expect(intake.submit(input('b'))).rejects.toBeInstanceOf(NotRunningError);
    await expect(intake.submitAll([input('c')])).rejects.toBeInstanceOf(NotRunningError);
    host.release();
    await expect(taken).resolves.toMatchObject({ kind: 'accepted' });
    expect(await drained).toBe(0);
  });

  it('takes nothing when the core has stopped for good, but waits while it restarts', async () => {
    const { host, intake } = intakeOf(10);
    host.become('restarting');
    const taken = intake.submit(input('a'));
    host.release();
    await expect(taken).resolves.toMatchObject({ kind: 'accepted' });
    host.become('stopped');
    await expect(intake.submit(input('b'))).rejects.toBeInstanceOf(NotRunningError);
    await intake.drain();
  });
});
