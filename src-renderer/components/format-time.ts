const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** A length of time in words a glance can take: "12 s", "18 min", "3 h 05", "2 d 4 h". Negative counts as nothing. */
export function formatDuration(milliseconds: number): string {
  if (!(milliseconds >= second)) return '0 s';
  if (milliseconds < minute) return `${Math.floor(milliseconds / second)} s`;
  if (milliseconds < hour) return `${Math.floor(milliseconds / minute)} min`;
  if (milliseconds < day) {
    const minutes = Math.floor((milliseconds % hour) / minute);
    return `${Math.floor(milliseconds / hour)} h ${String(minutes).padStart(2, '0')}`;
  }
  const hours = Math.floor((milliseconds % day) / hour);
  return `${Math.floor(milliseconds / day)} d ${hours} h`;
}

const clockTime = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' });
const shortTime = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });
const dayAndTime = new Intl.DateTimeFormat('en-GB', {
  weekday: 'short',
  day: '2-digit',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
});
const exactTime = new Intl.DateTimeFormat('en-GB', {
  weekday: 'short',
  day: '2-digit',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  fractionalSecondDigits: 3,
  timeZoneName: 'short',
});
const zone = new Intl.DateTimeFormat('en-GB', { timeZoneName: 'short' });

/** "02:14:07", local. */
export function formatClock(at: number): string {
  return clockTime.format(at);
}

/** "02:14", local. */
export function formatShortTime(at: number): string {
  return shortTime.format(at);
}

/** "Sun 22 Nov 02:14:07", local. */
export function formatDayAndTime(at: number): string {
  return dayAndTime.format(at).replaceAll(',', '');
}

/** "Sun, 22 Nov 2026, 02:14:07.120 GMT": everything there is to know of a time. */
export function formatExact(at: number): string {
  return exactTime.format(at);
}

/** The local zone's short name at that time, e.g. "GMT+1". */
export function zoneName(at: number): string {
  return zone.formatToParts(at).find((part) => part.type === 'timeZoneName')?.value ?? '';
}

/** Whether both moments are on the same local day. */
export function isToday(at: number, now: number): boolean {
  return new Date(at).toDateString() === new Date(now).toDateString();
}
