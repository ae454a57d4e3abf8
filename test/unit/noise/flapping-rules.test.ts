import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  clearedWhileHeld,
  type FlapState,
  firstRaise,
  flapStateSchema,
  heldUntil,
  letGo,
  longestHoldMilliseconds,
  raisedAgain,
} from '#engine/noise/flapping-rules.ts';

const minute = 60_000;
const raisedAt = (...minutes: readonly number[]): FlapState =>
  minutes
    .slice(1)
    .reduce((state, at) => raisedAgain(state, at * minute, at * minute), firstRaise((minutes[0] ?? 0) * minute, 0));

describe('an alarm that comes and goes', () => {
  it('is held open at its third raise within a few minutes', () => {
    expect(raisedAt(0, 1).flapping_since).toBeNull();
    expect(raisedAt(0, 1, 2).flapping_since).toBe(2 * minute);
  });

  it('is not held when it is raised every ten minutes, however long', () => {
    expect(raisedAt(0, 10, 20, 30, 40, 50, 60, 70, 80).flapping_since).toBeNull();
  });

  it('stays held while it goes on, and counts what it did', () => {
    let state = raisedAt(0, 1, 2);
    for (let at = 3; at < 30; at += 1) {
      state = clearedWhileHeld(state, at * minute - 30_000, at * minute - 30_000);
      state = raisedAgain(state, at * minute, at * minute);
    }
    expect(state).toMatchObject({ flapping_since: 2 * minute, changes: 54, source_cleared_at: null });
  });

  it('keeps the source’s latest word for the end', () => {
    const held = clearedWhileHeld(raisedAt(0, 1, 2), 150_000, 151_000);
    expect(clearedWhileHeld(held, 140_000, 152_000).source_cleared_at).toBe(150_000);
    expect(raisedAgain(held, 160_000, 160_000).source_cleared_at).toBeNull();
  });

  it('chatters with three raises in one minute, not with three in two', () => {
    const close = [0, 20_000, 40_000].reduce<FlapState | null>(
      (state, at) => (state === null ? firstRaise(at, at) : raisedAgain(state, at, at)),
      null,
    );
    expect(close).toMatchObject({ chattered_at: 40_000, chatters: 1 });
    expect(raisedAt(0, 1, 2)).toMatchObject({ chattered_at: null, chatters: 0 });
  });

  it('begins anew after it was let go', () => {
    const again = raisedAgain(letGo(raisedAt(0, 1, 2)), 20 * minute, 20 * minute);
    expect(again.flapping_since).toBeNull();
  });
});

describe('whatever an alarm does', () => {
  const steps = fc.array(fc.record({ after: fc.nat(20 * minute), clears: fc.boolean() }), { maxLength: 60 });

  it('it is let go after at most a quarter of an hour of quiet, and its state can be stored', () => {
    fc.assert(
      fc.property(steps, (changes) => {
        let now = 0;
        let state = firstRaise(0, 0);
        for (const { after, clears } of changes) {
          now += after;
          const until = heldUntil(state);
          if (until !== null && until <= now) state = letGo(state);
          state =
            clears && state.flapping_since !== null ? clearedWhileHeld(state, now, now) : raisedAgain(state, now, now);
          const end = heldUntil(state);
          if (end !== null) {
            expect(end).toBeGreaterThan(state.seen_at);
            expect(end - now).toBeLessThanOrEqual(longestHoldMilliseconds);
          }
          expect(flapStateSchema.parse(JSON.parse(JSON.stringify(state)))).toEqual(state);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('raises out of order never make it flap longer than raises in order', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(120 * minute), { minLength: 2, maxLength: 20 }), (times) => {
        const [first = 0, ...rest] = times;
        const state = rest.reduce((before, at) => raisedAgain(before, at, 0), firstRaise(first, 0));
        expect(state.raises).toEqual(state.raises.toSorted((left, right) => left - right));
        expect((heldUntil(state) ?? 0) - state.seen_at).toBeLessThanOrEqual(longestHoldMilliseconds);
      }),
    );
  });
});
