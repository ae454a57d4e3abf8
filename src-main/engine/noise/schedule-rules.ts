/** When something planned is on. Pure: `now` and the time zones' rules in, moments out. */
import { type Schedule, type WeeklySchedule, weekdays } from '#shared/vocabulary/schedule.ts';

/** One time that something planned is on: from `startsAt` until just before `endsAt`, milliseconds since the epoch. */
export interface Occurrence {
  readonly startsAt: number;
  readonly endsAt: number;
}

const dayMilliseconds = 86_400_000;
const minuteMilliseconds = 60_000;

/** The occurrence that is on at `now`, the one that ends last; null when none is. */
export function occurrenceAt(schedule: Schedule, now: number): Occurrence | null {
  let found: Occurrence | null = null;
  for (const occurrence of around(schedule, now)) {
    if (occurrence.startsAt > now || occurrence.endsAt <= now) continue;
    if (found === null || occurrence.endsAt > found.endsAt) found = occurrence;
  }
  return found;
}

/** The first occurrence that starts after `now`; null when there is none within two weeks, or none ever for one that is planned once. */
export function nextOccurrence(schedule: Schedule, now: number): Occurrence | null {
  let found: Occurrence | null = null;
  for (const occurrence of around(schedule, Math.max(now, fromOf(schedule)))) {
    if (occurrence.startsAt <= now) continue;
    if (found === null || occurrence.startsAt < found.startsAt) found = occurrence;
  }
  return found;
}

function fromOf(schedule: Schedule): number {
  return Date.parse(schedule.kind === 'once' ? schedule.starts_at : schedule.from);
}

/** Every occurrence that may be on at `now` or start within the days after it. */
function* around(schedule: Schedule, now: number): Generator<Occurrence> {
  if (schedule.kind === 'once') {
    yield { startsAt: Date.parse(schedule.starts_at), endsAt: Date.parse(schedule.ends_at) };
    return;
  }
  const from = Date.parse(schedule.from);
  const until = schedule.until === null ? Number.POSITIVE_INFINITY : Date.parse(schedule.until);
  const today = wallClock(now, schedule.time_zone);
  const longestDays = Math.ceil(schedule.minutes / 1_440) + 1;
  for (let day = -longestDays; day <= 8; day += 1) {
    const midnight = Math.floor(today / dayMilliseconds) * dayMilliseconds + day * dayMilliseconds;
    if (!fallsOn(schedule, midnight)) continue;
    const startsAt = momentOf(midnight + minutesOf(schedule.starts) * minuteMilliseconds, schedule.time_zone);
    // A series ends with its last start: what has begun goes on to its end.
    if (startsAt < from || startsAt >= until) continue;
    yield { startsAt, endsAt: startsAt + schedule.minutes * minuteMilliseconds };
  }
}

function fallsOn({ days }: WeeklySchedule, midnight: number): boolean {
  const weekday = weekdays[(new Date(midnight).getUTCDay() + 6) % 7];
  return weekday !== undefined && days.includes(weekday);
}

function minutesOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
}

/** What the clock of a time zone shows at a moment, as if it were UTC. */
function wallClock(moment: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(moment);
  const read = (type: Intl.DateTimeFormatPartTypes) => Number(parts.find((part) => part.type === type)?.value ?? 0);
  return Date.UTC(read('year'), read('month') - 1, read('day'), read('hour'), read('minute'), read('second'));
}

/** The moment at which the clock of a time zone shows `wall`. A time that the clock skips counts as the hour after it, one that it shows twice as the first. */
function momentOf(wall: number, timeZone: string): number {
  const before = wall - offsetAt(wall - dayMilliseconds, timeZone);
  if (wallClock(before, timeZone) === wall) return before;
  const after = wall - offsetAt(wall + dayMilliseconds, timeZone);
  return wallClock(after, timeZone) === wall ? after : before;
}

function offsetAt(moment: number, timeZone: string): number {
  return wallClock(moment, timeZone) - Math.floor(moment / 1_000) * 1_000;
}
