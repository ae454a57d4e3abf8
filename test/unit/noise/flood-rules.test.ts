import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { floodAt, type RaisedInMinute } from '#engine/noise/flood-rules.ts';

const minute = 60_000;
const minutesOf = (raised: readonly number[]): RaisedInMinute[] =>
  raised.map((count, at) => ({ at: at * minute, raised: count }));

/** The same, minute by minute, without any shortcut. */
function slowly(raised: readonly number[], now: number): { since: number } | null {
  let since: number | null = null;
  for (let at = 0; at <= now; at += 1) {
    let sum = 0;
    for (let back = Math.max(0, at - 9); back <= at; back += 1) sum += raised[back] ?? 0;
    if (since === null && sum > 10) since = at;
    else if (since !== null && sum < 5) since = null;
  }
  return since === null ? null : { since: since * minute };
}

describe('a flood', () => {
  it('begins with the eleventh alarm in ten minutes', () => {
    expect(floodAt(minutesOf([10]), 0)).toBeNull();
    expect(floodAt(minutesOf([10, 1]), minute)).toEqual({ since: minute, raised: 11, peak: 11 });
    expect(floodAt(minutesOf([10, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]), 10 * minute)).toBeNull();
  });

  it('goes on below the limit at which it began', () => {
    const raised = [11, 0, 0, 0, 0, 0, 0, 0, 0, 5];
    expect(floodAt(minutesOf(raised), 9 * minute)).toMatchObject({ since: 0, raised: 16, peak: 16 });
    expect(floodAt(minutesOf(raised), 18 * minute)).toMatchObject({ since: 0 });
  });

  it('hands back by itself when it is quiet', () => {
    expect(floodAt(minutesOf([50]), 9 * minute)).not.toBeNull();
    expect(floodAt(minutesOf([50]), 10 * minute)).toBeNull();
  });

  it('is another one after a quiet time', () => {
    const raised = [20, ...Array.from({ length: 15 }, () => 0), 20];
    expect(floodAt(minutesOf(raised), 16 * minute)).toMatchObject({ since: 16 * minute, raised: 20 });
  });

  it('is the one that counting minute by minute finds', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.constant(0), fc.constant(0), fc.nat(4), fc.nat(30)), { maxLength: 60 }),
        fc.nat(20),
        (raised, later) => {
          const now = raised.length + later;
          const found = floodAt(minutesOf(raised), now * minute);
          expect(found === null ? null : { since: found.since }).toEqual(slowly(raised, now));
        },
      ),
      { numRuns: 2_000 },
    );
  });
});
