import type { PolicyTime } from './policy-language.ts';

const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/** Whether a name is a time zone of the IANA database. */
export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en-GB', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** The clock on the wall of a time zone: tells the time there for milliseconds since the epoch. */
export function wallClock(timeZone: string): (now: number) => PolicyTime {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hourCycle: 'h23',
    weekday: 'short',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  });
  return (now) => timeOf(new Map(format.formatToParts(now).map(({ type, value }) => [type, value])));
}

function timeOf(parts: ReadonlyMap<string, string>): PolicyTime {
  const hour = Number(parts.get('hour'));
  return {
    hour,
    minute_of_day: hour * 60 + Number(parts.get('minute')),
    weekday: weekdays.indexOf(parts.get('weekday') ?? '') + 1,
    date: `${parts.get('year')}-${parts.get('month')}-${parts.get('day')}`,
  };
}
