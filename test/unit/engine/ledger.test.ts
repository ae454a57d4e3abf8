import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emptyCounts, ledgerColumns, ledgerToWire } from '#engine/ledger/ledger-store.ts';
import { ledgerSchema } from '#shared/api/ledger.ts';

describe('the ledger', () => {
  it('says zero of everything before anything was received', () => {
    expect(ledgerToWire(emptyCounts())).toEqual({
      received: 0,
      new: 0,
      repeated: 0,
      cleared: 0,
      duplicate: 0,
      suppressed: 0,
      rejected: 0,
    });
  });

  it('has received exactly the sum of what became of everything, no column left out', () => {
    const anyCounts = fc.record({
      new: fc.nat(),
      repeated: fc.nat(),
      cleared: fc.nat(),
      duplicate: fc.nat(),
      suppressed: fc.nat(),
      rejected: fc.nat(),
    });
    fc.assert(
      fc.property(anyCounts, (counts) => {
        const { received, ...others } = ledgerSchema.parse(ledgerToWire(counts));
        expect(others).toEqual(counts);
        expect(received).toBe(Object.values(counts).reduce((sum, count) => sum + count, 0));
        expect(Object.keys(counts).toSorted()).toEqual([...ledgerColumns].toSorted());
      }),
    );
  });
});
