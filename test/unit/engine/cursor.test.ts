import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pageFrom, readCursor } from '#engine/store/cursor.ts';

describe('a page cursor', () => {
  it('may be missing', () => {
    expect(readCursor(undefined)).toBeUndefined();
  });

  it.each(['', '0', '-1', '1.5', 'abc', 'NaN', 'Infinity', '9007199254740993', "1' OR 1"])('is not %j', (cursor) => {
    expect(readCursor(cursor)).toBeNull();
  });

  it('walks every row exactly once, newest change first, whatever the page size', () => {
    const anyRows = fc
      .uniqueArray(fc.integer({ min: 1, max: 1_000 }), { maxLength: 60 })
      .map((sequences) => sequences.toSorted((left, right) => right - left).map((sequence) => ({ sequence })));
    fc.assert(
      fc.property(anyRows, fc.integer({ min: 1, max: 20 }), (rows, limit) => {
        const walked: number[] = [];
        let cursor: string | undefined;
        do {
          const before = readCursor(cursor) ?? Number.POSITIVE_INFINITY;
          const read = rows.filter((row) => row.sequence < before).slice(0, limit + 1);
          const page = pageFrom(read, limit, (row) => row.sequence);
          expect(page.items.length).toBeLessThanOrEqual(limit);
          walked.push(...page.items);
          cursor = page.next_cursor ?? undefined;
        } while (cursor !== undefined);
        expect(walked).toEqual(rows.map((row) => row.sequence));
      }),
    );
  });
});
