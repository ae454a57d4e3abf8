import { z } from 'zod';

/** ISO 8601 with an offset or `Z`; a time without an offset is refused, since nobody can say when it was. */
export const timestampSchema = z.iso.datetime({
  offset: true,
  error: 'must be an ISO 8601 time with an offset, for example 2026-11-22T02:14:07Z',
});

/** Milliseconds since the epoch of a valid timestamp. */
export function toMilliseconds(timestamp: string): number {
  return Date.parse(timestamp);
}

/** The wire form of a time: ISO 8601 in UTC with milliseconds. */
export function toTimestamp(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}
