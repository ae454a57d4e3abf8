import { z } from 'zod';

/** The years that ISO 8601 writes with four digits; a time outside them, in UTC, cannot be written back. */
const firstMoment = Date.parse('0001-01-01T00:00:00Z');
const lastMoment = Date.parse('9999-12-31T23:59:59.999Z');

/** ISO 8601 with an offset or `Z`; a time without an offset is refused, since nobody can say when it was. */
export const timestampSchema = z.iso
  .datetime({
    offset: true,
    error: 'must be an ISO 8601 time with an offset, for example 2026-11-22T02:14:07Z',
  })
  .refine((timestamp) => !(Date.parse(timestamp) < firstMoment || Date.parse(timestamp) > lastMoment), {
    error: 'must lie in the years 0001 to 9999',
  });

/** Milliseconds since the epoch of a valid timestamp. */
export function toMilliseconds(timestamp: string): number {
  return Date.parse(timestamp);
}

/** The wire form of a time: ISO 8601 in UTC with milliseconds. */
export function toTimestamp(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}
