import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nextOccurrence, occurrenceAt } from '#engine/noise/schedule-rules.ts';
import { type Schedule, scheduleSchema, weekdays } from '#shared/vocabulary/schedule.ts';

const weekly = (fields: Partial<Extract<Schedule, { kind: 'weekly' }>> = {}): Schedule => ({
  kind: 'weekly',
  days: ['sun'],
  starts: '01:00',
  minutes: 180,
  time_zone: 'Europe/London',
  from: '2026-01-01T00:00:00Z',
  until: null,
  ...fields,
});
const at = (time: string) => Date.parse(time);
const spanOf = (schedule: Schedule, time: string) => {
  const found = occurrenceAt(schedule, at(time));
  return found === null ? null : [new Date(found.startsAt).toISOString(), new Date(found.endsAt).toISOString()];
};

describe('a window planned once', () => {
  const once: Schedule = { kind: 'once', starts_at: '2026-11-22T01:00:00Z', ends_at: '2026-11-22T03:00:00Z' };

  it('is on from its start until just before its end', () => {
    expect(occurrenceAt(once, at('2026-11-22T00:59:59.999Z'))).toBeNull();
    expect(occurrenceAt(once, at('2026-11-22T01:00:00Z'))).not.toBeNull();
    expect(occurrenceAt(once, at('2026-11-22T02:59:59.999Z'))).not.toBeNull();
    expect(occurrenceAt(once, at('2026-11-22T03:00:00Z'))).toBeNull();
  });

  it('comes next until it has begun', () => {
    expect(nextOccurrence(once, at('2020-01-01T00:00:00Z'))?.startsAt).toBe(at('2026-11-22T01:00:00Z'));
    expect(nextOccurrence(once, at('2026-11-22T01:00:00Z'))).toBeNull();
  });

  it('must end after it starts', () => {
    expect(scheduleSchema.safeParse({ ...once, ends_at: once.starts_at }).success).toBe(false);
  });
});

describe('a weekly window', () => {
  it('follows the clock of its time zone through summer time', () => {
    expect(spanOf(weekly(), '2026-07-05T00:30:00Z')).toEqual(['2026-07-05T00:00:00.000Z', '2026-07-05T03:00:00.000Z']);
    expect(spanOf(weekly(), '2026-12-06T00:30:00Z')).toBeNull();
    expect(spanOf(weekly(), '2026-12-06T01:30:00Z')).toEqual(['2026-12-06T01:00:00.000Z', '2026-12-06T04:00:00.000Z']);
  });

  it('starts an hour later where the clock skips its hour, and only once where the clock shows it twice', () => {
    expect(spanOf(weekly({ starts: '01:30' }), '2026-03-29T01:31:00Z')?.[0]).toBe('2026-03-29T01:30:00.000Z');
    expect(spanOf(weekly({ starts: '01:30', minutes: 30 }), '2026-10-25T00:45:00Z')?.[0]).toBe(
      '2026-10-25T00:30:00.000Z',
    );
    expect(spanOf(weekly({ starts: '01:30', minutes: 30 }), '2026-10-25T01:45:00Z')).toBeNull();
  });

  it('reaches over midnight into the next days', () => {
    const weekend = weekly({ days: ['sat'], starts: '22:00', minutes: 2_880, time_zone: 'UTC' });
    expect(spanOf(weekend, '2026-11-23T21:59:00Z')?.[0]).toBe('2026-11-21T22:00:00.000Z');
    expect(spanOf(weekend, '2026-11-23T22:00:00Z')).toBeNull();
  });

  it('starts no more after the end of the series, but ends what it has begun', () => {
    const ending = weekly({ time_zone: 'UTC', until: '2026-11-22T02:00:00Z' });
    expect(spanOf(ending, '2026-11-22T03:59:00Z')).not.toBeNull();
    expect(nextOccurrence(ending, at('2026-11-22T03:59:00Z'))).toBeNull();
  });

  it('names its first start long before the series begins', () => {
    const later = weekly({ time_zone: 'UTC', from: '2030-01-01T00:00:00Z' });
    expect(nextOccurrence(later, at('2026-01-01T00:00:00Z'))?.startsAt).toBe(at('2030-01-06T01:00:00Z'));
  });

  it('refuses a time zone that nobody knows', () => {
    expect(scheduleSchema.safeParse(weekly({ time_zone: 'Mars/Olympus' })).success).toBe(false);
    expect(scheduleSchema.safeParse(weekly()).success).toBe(true);
  });

  it('is always on when it should be, whatever the zone', () => {
    const anySchedule = fc.record({
      day: fc.constantFrom(...weekdays),
      hour: fc.nat(23),
      minutes: fc.integer({ min: 1, max: 10_080 }),
      zone: fc.constantFrom('UTC', 'Europe/London', 'America/New_York', 'Asia/Kolkata', 'Pacific/Auckland'),
      now: fc.integer({ min: at('2026-02-01T00:00:00Z'), max: at('2027-12-31T00:00:00Z') }),
    });
    fc.assert(
      fc.property(anySchedule, ({ day, hour, minutes, zone, now }) => {
        const starts = `${String(hour).padStart(2, '0')}:00`;
        const schedule = weekly({ days: [day], starts, minutes, time_zone: zone });
        const next = nextOccurrence(schedule, now);
        if (next === null) throw new Error('A weekly window always comes again.');
        expect(next.startsAt).toBeGreaterThan(now);
        expect(next.startsAt - now).toBeLessThanOrEqual(7 * 86_400_000 + 3_600_000);
        expect(next.endsAt - next.startsAt).toBe(minutes * 60_000);
        expect(occurrenceAt(schedule, next.startsAt)?.endsAt).toBe(next.endsAt);
        const on = occurrenceAt(schedule, now);
        if (on !== null) expect(on.startsAt <= now && now < on.endsAt).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});
