import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createCoreLoop, lagMax } from '#engine/core/core-loop.ts';
import type { Core } from '#engine/core/create-core.ts';
import type { CoreInput } from '#engine/core/inputs.ts';
import { createLogger } from '#engine/telemetry/logger.ts';
import { traceContextFrom } from '#engine/telemetry/trace-context.ts';
import { report } from '#test/support/engine/reports.ts';

const trace = traceContextFrom(undefined, undefined);
const reports = (count: number): CoreInput[] =>
  Array.from({ length: count }, (_, index) => ({
    kind: 'report',
    entryId: `n-${index}`,
    tenantId: 'acme',
    report: report(),
    trace,
  }));
const command = (name: 'token.revoke' | 'incident.note'): CoreInput => ({
  kind: 'command',
  entryId: 'c-1',
  tenantId: 'acme',
  operator: 'ana',
  command: name === 'token.revoke' ? { name, tokenId: 't' } : { name, incidentId: 'i', text: 'seen' },
  trace,
});

/** A core that only counts, and a loop over it. */
function loopOver(start: { readonly head: number; readonly position: number }) {
  let { head, position } = start;
  const done: string[] = [];
  let isBroken = false;
  const core: Core = {
    accept(inputs) {
      head += inputs.filter((input) => input.kind === 'report').length;
      done.push(`accept ${inputs.length} at ${head - position}`);
      return { results: inputs.map(() => ({ kind: 'noted' })), head };
    },
    workIn(most) {
      if (isBroken) throw new Error('The disk is full.');
      position = Math.min(head, position + most);
      done.push('work');
    },
    settle: () => {
      done.push('settle');
    },
    progress: () => ({ head, position }),
    tick: () => false,
    warmUp: () => false,
  };
  const log: string[] = [];
  const loop = createCoreLoop({
    core,
    logger: createLogger((line) => log.push(line), 'info', Date.now),
    onProgress: () => undefined,
  });
  onTestFinished(() => loop.finish());
  const apply = (inputs: readonly CoreInput[]) =>
    new Promise<number>((resolve, reject) => {
      loop.apply(inputs, { answer: (answer) => resolve(answer.results.length), fail: reject });
    });
  return {
    loop,
    apply,
    done,
    log,
    lag: () => head - position,
    breakDown: (isDown: boolean) => {
      isBroken = isDown;
    },
  };
}

describe('the core’s loop', () => {
  it('accepts first and works in afterwards', async () => {
    const { apply, done, lag } = loopOver({ head: 0, position: 0 });
    expect(await apply(reports(3))).toBe(3);
    expect(done[0]).toBe('accept 3 at 3');
    await expect.poll(lag).toBe(0);
    expect(done).toContain('work');
  });

  it('accepts what came together in one go, and answers each for itself', async () => {
    const { apply, done } = loopOver({ head: 0, position: 0 });
    expect(await Promise.all([apply(reports(2)), apply(reports(5)), apply([])])).toEqual([2, 5, 0]);
    expect(done[0]).toBe('accept 7 at 7');
  });

  it('lets accepting wait at the bound of the lag until working in has made room', async () => {
    const { apply, done } = loopOver({ head: lagMax, position: 0 });
    await apply(reports(10));
    const accepted = done.findIndex((what) => what.startsWith('accept'));
    expect(done.slice(0, accepted)).not.toEqual([]);
    expect(new Set(done.slice(0, accepted))).toEqual(new Set(['work']));
    expect(Number(done[accepted]?.split(' at ')[1])).toBeLessThan(lagMax + 10);
  });

  it('lets a command wait for everything accepted before it, but not one that is about tokens', async () => {
    const { apply, done } = loopOver({ head: 2_000, position: 0 });
    await apply([command('token.revoke')]);
    expect(Number(done.find((what) => what.startsWith('accept'))?.split(' at ')[1])).toBeGreaterThan(0);
    const before = done.length;
    await apply([command('incident.note')]);
    expect(done.slice(before).find((what) => what.startsWith('accept'))).toBe('accept 1 at 0');
  });

  it('works in before it accepts while somebody waits to read', async () => {
    const { loop, apply, lag } = loopOver({ head: 3_000, position: 0 });
    loop.hurry(3_000);
    let isRead = false;
    const senders = (async () => {
      while (!isRead) await apply(reports(1));
    })();
    await expect.poll(lag).toBeLessThan(100);
    isRead = true;
    await senders;
  });

  it('goes on accepting while working in fails, says so, and tries again', async () => {
    const { apply, log, lag, breakDown } = loopOver({ head: 5, position: 0 });
    breakDown(true);
    await expect.poll(() => log.some((line) => line.includes('tried again'))).toBe(true);
    expect(await apply(reports(1))).toBe(1);
    expect(lag()).toBe(6);
    breakDown(false);
    await expect.poll(lag, { timeout: 5_000 }).toBe(0);
  });

  it('finishes by accepting what waits and working it in', async () => {
    const { loop, apply, lag } = loopOver({ head: 1_000, position: 0 });
    const answered = apply(reports(2));
    loop.finish();
    expect(await answered).toBe(2);
    expect(lag()).toBe(0);
    await nextTurn();
    expect(lag()).toBe(0);
  });
});
