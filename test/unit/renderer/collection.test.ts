import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createCollection } from '#renderer/state/collection.ts';

interface Thing {
  readonly id: string;
  readonly at: number;
}

const things = () =>
  createCollection<Thing>(
    (thing) => thing.id,
    (thing) => thing.at,
  );

/** The order that a collection must have, made the slow way. */
function ordered(held: Iterable<Thing>): Thing[] {
  return [...held].sort((left, right) => right.at - left.at || (left.id < right.id ? -1 : 1));
}

describe('collection', () => {
  it('is always what a full sort would give', () => {
    const change = fc.record({
      id: fc.integer({ min: 0, max: 30 }).map(String),
      at: fc.integer({ min: 0, max: 10 }),
      isRemoved: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(fc.array(change, { maxLength: 12 }), { maxLength: 12 }), (batches) => {
        const collection = things();
        const held = new Map<string, Thing>();
        for (const batch of batches) {
          for (const { id, at, isRemoved } of batch) {
            if (isRemoved) held.delete(id);
            else held.set(id, { id, at });
          }
          const { items, byId } = collection.apply(
            batch.map(({ id, at, isRemoved }) => ({ id, item: isRemoved ? null : { id, at } })),
          );
          expect(items).toEqual(ordered(held.values()));
          expect(new Map(byId)).toEqual(held);
        }
      }),
    );
  });

  it('is a new object after each change and leaves the old order as it was', () => {
    const collection = things();
    const before = collection.replace([{ id: 'a', at: 1 }]);
    const after = collection.apply([{ id: 'b', item: { id: 'b', at: 2 } }]);
    expect(after).not.toBe(before);
    expect(before.items.map(({ id }) => id)).toEqual(['a']);
    expect(after.items.map(({ id }) => id)).toEqual(['b', 'a']);
  });
});
