import { validate, version } from 'uuid';
import { describe, expect, it } from 'vitest';
import { createEntryIds } from '#engine/core/entry-ids.ts';

describe('the ids of entries', () => {
  it('are UUIDs of version 7 that carry the time', () => {
    const id = createEntryIds(() => 0x0199_0a0b_0c0d)();
    expect(validate(id)).toBe(true);
    expect(version(id)).toBe(7);
    expect(id.startsWith('01990a0b-0c0d-7')).toBe(true);
  });

  it('rise, within a millisecond, when the counter is full, and when the clock goes back', () => {
    let now = 1_000;
    const newId = createEntryIds(() => now);
    const ids = Array.from({ length: 10_000 }, () => newId());
    now = 500;
    ids.push(newId());
    now = 2_000;
    ids.push(newId());
    expect(ids.toSorted()).toEqual(ids);
    expect(new Set(ids).size).toBe(ids.length);
  });
});
