import { describe, expect, it } from 'vitest';
import { timestampSchema, toTimestamp } from '#shared/vocabulary/time.ts';

describe('a time of a source', () => {
  it.each([
    '2026-11-22T02:14:07Z',
    '2026-11-22T02:14:07.123+05:30',
    '0001-01-01T00:00:00Z',
    '9999-12-31T23:59:59.999Z',
  ])('is taken, and can be written back: %s', (time) => {
    expect(timestampSchema.parse(toTimestamp(Date.parse(timestampSchema.parse(time))))).toBeTruthy();
  });

  it.each(['2026-11-22T02:14:07', '2026-11-22', 'yesterday', '0000-01-01T00:00:00+01:00', '9999-12-31T23:59:59-01:00'])(
    'is refused: %s',
    (time) => {
      expect(timestampSchema.safeParse(time).success).toBe(false);
    },
  );
});
