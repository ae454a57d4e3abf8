import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { holdOrder } from '#renderer/features/situation/hold-order.ts';

describe('held order', () => {
  it('is the wanted order while nobody works in the list', () => {
    expect(holdOrder(['a', 'b'], ['new', 'b', 'a'], [])).toEqual({ ids: ['new', 'b', 'a'], waiting: [] });
  });

  it('lets new rows above the selected one wait, and puts those below in their places', () => {
    expect(holdOrder(['a', 'b', 'c'], ['x', 'a', 'y', 'b', 'z', 'c'], ['b'])).toEqual({
      ids: ['a', 'b', 'z', 'c'],
      waiting: ['x', 'y'],
    });
  });

  it('keeps rows that are over until the order is let go', () => {
    expect(holdOrder(['a', 'b', 'c'], ['b', 'c'], ['b'])).toEqual({ ids: ['a', 'b', 'c'], waiting: [] });
  });

  it('keeps the selected row itself when it is over', () => {
    expect(holdOrder(['a', 'b', 'c'], ['x', 'a', 'c'], ['b'])).toEqual({ ids: ['a', 'b', 'c'], waiting: ['x'] });
  });

  it('holds down to the lowest of selected and hovered', () => {
    expect(holdOrder(['a', 'b', 'c', 'd'], ['d', 'c', 'b', 'a'], ['a', 'c']).ids).toEqual(['a', 'b', 'c', 'd']);
  });

  it('never moves a row above the anchor and never loses one', () => {
    const ids = fc.uniqueArray(fc.integer({ min: 0, max: 20 }).map(String), { maxLength: 15 });
    fc.assert(
      fc.property(ids, ids, fc.nat(14), (shown, wanted, at) => {
        const anchor = shown[at];
        const held = holdOrder(shown, wanted, anchor === undefined ? [] : [anchor]);
        if (anchor !== undefined) expect(held.ids.slice(0, at + 1)).toEqual(shown.slice(0, at + 1));
        expect(new Set([...held.ids, ...held.waiting])).toEqual(
          new Set([...wanted, ...(anchor === undefined ? [] : shown.slice(0, at + 1))]),
        );
        expect(new Set(held.ids).size).toBe(held.ids.length);
      }),
    );
  });
});
