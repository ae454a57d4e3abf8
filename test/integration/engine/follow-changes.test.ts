import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SequencedChange } from '#engine/core/inputs.ts';
import { createChangeFeed } from '#engine/streams/change-feed.ts';
import { changesAfter } from '#engine/streams/changes-after.ts';
import { type Followed, followChanges } from '#engine/streams/follow-changes.ts';
import { openTestCore, reportInput, type TestCore } from '#test/support/engine/core.ts';
import { at } from '#test/support/engine/reports.ts';
import { temporaryFolder } from '#test/support/engine/temporary-folder.ts';

const keyOf = (change: SequencedChange) =>
  `${change.topic} ${/"(?:alarm|cluster|incident)_id":"([^"]+)"/.exec(change.json)?.[1]}`;

/** One follower of a tenant, read step by step, that checks what every follower is promised. */
function follower(core: TestCore, feed: ReturnType<typeof createChangeFeed>, tenantId: string, afterSequence: number) {
  const stop = new AbortController();
  const followed = followChanges({ feed, reader: core.reader, tenantId, afterSequence, signal: stop.signal });
  const held = new Map<string, SequencedChange>();
  let reached = afterSequence;
  const take = (item: Followed) => {
    if (item.kind === 'caught-up') return;
    for (const change of item.changes) {
      expect(change.sequence).toBeGreaterThan(reached);
      expect(change.tenantId).toBe(tenantId);
      reached = change.sequence;
      held.set(keyOf(change), change);
    }
  };
  return {
    held,
    stop: () => {
      stop.abort();
      return followed.return(undefined);
    },
    /** Reads until nothing of the store is missing. */
    async catchUp() {
      while (core.reader.read((unit) => changesAfter(unit, tenantId, reached, 1)).length > 0) {
        const next = await followed.next();
        if (next.done) throw new Error('The follower ended.');
        take(next.value);
      }
    },
    async step() {
      if (core.reader.read((unit) => changesAfter(unit, tenantId, reached, 1)).length > 0) {
        const next = await followed.next();
        if (!next.done) take(next.value);
      }
    },
  };
}

/** Everything of a tenant as it is now, each object once. */
const current = (core: TestCore, tenantId: string) =>
  new Map(
    core.reader.read((unit) => changesAfter(unit, tenantId, 0, 100_000)).map((change) => [keyOf(change), change]),
  );

const anyStep = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('commit' as const),
      entities: fc.array(fc.tuple(fc.constantFrom('acme', 'other'), fc.nat(4)), { minLength: 1, maxLength: 4 }),
      /** Whether the writer hands the changes on, or says that there were some. */
      handedOn: fc.boolean(),
    }),
  },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('read' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('reconnect' as const) }) },
);

describe('a follower of changes', () => {
  it('misses nothing and is told nothing twice, however it reads and whatever the writer hands on', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyStep, { minLength: 1, maxLength: 25 }), async (steps) => {
        const core = openTestCore(temporaryFolder());
        const feed = createChangeFeed();
        let one = follower(core, feed, 'acme', 0);
        const seen = new Map<string, SequencedChange>();
        let second = 0;
        for (const step of steps) {
          if (step.do === 'commit') {
            const inputs = step.entities.map(([tenant, entity]) =>
              reportInput({ entity_id: `E${entity}`, raised_at: at(++second) }, tenant),
            );
            const { changes } = core.apply(...inputs);
            feed.publish(step.handedOn ? changes : null);
          } else if (step.do === 'read') await one.step();
          else {
            const reached = Math.max(
              0,
              ...[...one.held.values()].map((change) => change.sequence),
              ...[...seen.values()].map((change) => change.sequence),
            );
            for (const [key, change] of one.held) seen.set(key, change);
            await one.stop();
            one = follower(core, feed, 'acme', reached);
          }
        }
        await one.catchUp();
        for (const [key, change] of one.held) seen.set(key, change);
        expect(seen).toEqual(current(core, 'acme'));
        await one.stop();
        core.close();
      }),
      { numRuns: 40 },
    );
  });

  it('that is too slow is sent back to the store, and still has everything', async () => {
    const core = openTestCore(temporaryFolder());
    const feed = createChangeFeed();
    const slow = follower(core, feed, 'acme', 0);
    core.apply(reportInput({ entity_id: 'first' }));
    await slow.step();
    for (let batch = 0; batch < 4; batch += 1) {
      const inputs = Array.from({ length: 900 }, (_, index) =>
        reportInput({ entity_id: `E${index}`, raised_at: at(batch) }),
      );
      feed.publish(core.apply(...inputs).changes);
    }
    await slow.catchUp();
    expect(slow.held).toEqual(current(core, 'acme'));
    await slow.stop();
  });

  it('begins with what it missed, then says that it has caught up, and waits', async () => {
    const core = openTestCore(temporaryFolder());
    const feed = createChangeFeed();
    core.apply(reportInput());
    const stop = new AbortController();
    const followed = followChanges({
      feed,
      reader: core.reader,
      tenantId: 'acme',
      afterSequence: 0,
      signal: stop.signal,
    });
    expect((await followed.next()).value).toMatchObject({ kind: 'changes' });
    const caughtUp = await followed.next();
    expect(caughtUp.value).toMatchObject({ kind: 'caught-up' });
    const waiting = followed.next();
    feed.publish(core.apply(reportInput({ raised_at: at(1) })).changes);
    expect((await waiting).value).toMatchObject({ kind: 'changes' });
    const last = followed.next();
    stop.abort();
    expect(await last).toMatchObject({ done: true });
    expect(feed.hasSubscribers()).toBe(false);
  });

  it('hears nothing of other tenants', async () => {
    const core = openTestCore(temporaryFolder());
    const feed = createChangeFeed();
    const mine = follower(core, feed, 'acme', 0);
    feed.publish(core.apply(reportInput({}, 'other')).changes);
    feed.publish(core.apply(reportInput({}, 'acme'), reportInput({}, 'other')).changes);
    await mine.catchUp();
    expect([...mine.held.values()].every((change) => change.json.includes('"tenant_id":"acme"'))).toBe(true);
    expect(mine.held).toEqual(current(core, 'acme'));
    await mine.stop();
  });
});
