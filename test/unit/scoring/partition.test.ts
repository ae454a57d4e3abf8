import { describe, expect, it } from 'vitest';
import { adjustedRandIndex, bCubed, type Partition } from '#test/support/scoring/partition.ts';

/** A partition written as one letter per item. */
function partition(letters: string): Partition {
  return new Map([...letters].map((letter, index) => [`item-${index}`, letter]));
}

describe('B-cubed', () => {
  it('gives the published figures for the example of Bagga and Baldwin', () => {
    // Twelve items, true clusters of 5, 2 and 5; the answer joins the last two: 16/21 and 1.
    const score = bCubed(partition('aaaaabbbbbbb'), partition('vvvvvwwxxxxx'));
    expect(score.precision).toBeCloseTo(16 / 21, 12);
    expect(score.recall).toBe(1);
    expect(score.f1).toBeCloseTo((2 * (16 / 21)) / (16 / 21 + 1), 12);
  });

  it('counts a split cluster against recall only', () => {
    // Four items that belong together, split 3 and 1: recall (3*3 + 1*1) / 4 / 4.
    const score = bCubed(partition('aaab'), partition('xxxx'));
    expect(score.precision).toBe(1);
    expect(score.recall).toBeCloseTo(10 / 16, 12);
  });

  it('is perfect for the same partition under other names, singletons included', () => {
    expect(bCubed(partition('abcaa'), partition('xyzxx'))).toEqual({ precision: 1, recall: 1, f1: 1 });
  });

  it('refuses answers that leave items out or invent some', () => {
    expect(() => bCubed(partition('aa'), partition('xxx'))).toThrow(RangeError);
    expect(() => bCubed(partition('aaa'), partition('xx'))).toThrow(RangeError);
  });
});

describe('adjusted Rand index', () => {
  it('gives the hand-computed value', () => {
    // Pairs together in both: 2; in the answer: 3; in truth: 6; of 15. Expected 1.2, highest 4.5: 0.8 / 3.3.
    expect(adjustedRandIndex(partition('aabbcc'), partition('xxxyyy'))).toBeCloseTo(0.8 / 3.3, 12);
  });

  it('is 1 for identity, 0 for one big cluster and may be negative', () => {
    expect(adjustedRandIndex(partition('aabb'), partition('yyxx'))).toBe(1);
    expect(adjustedRandIndex(partition('aaaa'), partition('xxyy'))).toBe(0);
    expect(adjustedRandIndex(partition('abab'), partition('xxyy'))).toBeLessThan(0);
    expect(adjustedRandIndex(partition('abcd'), partition('wxyz'))).toBe(1);
  });
});
