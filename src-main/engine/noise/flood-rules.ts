/**
 * Floods. Pure. ISA-18.2, as restated by public sources: more than ten alarms in ten minutes at one operator position are
 * a flood. When it ends is left open there; fewer than five in ten minutes is common, and two limits keep it from wavering.
 */

/** Alarms that were raised at a position within one minute; `at` is the minute's start, milliseconds since the epoch. */
export interface RaisedInMinute {
  readonly at: number;
  readonly raised: number;
}

export interface FloodLimits {
  /** A flood begins with more alarms than this in ten minutes. */
  readonly startsAbove: number;
  /** It ends with fewer than this in ten minutes. */
  readonly endsBelow: number;
}

export const isaFloodLimits: FloodLimits = { startsAbove: 10, endsBelow: 5 };

export interface Flood {
  /** The minute in which the limit was passed, milliseconds since the epoch. */
  readonly since: number;
  /** Alarms since ten minutes before that. */
  readonly raised: number;
  /** The most in any ten minutes. */
  readonly peak: number;
}

const minuteMilliseconds = 60_000;
const windowMinutes = 10;

/**
 * The flood that is going on at `now`; null when there is none. It hands back by itself: an empty tail of minutes ends it.
 * @param minutes oldest first, empty minutes left out or not; from when on they reach is as far as a flood is followed back
 */
export function floodAt(
  minutes: readonly RaisedInMinute[],
  now: number,
  limits: FloodLimits = isaFloodLimits,
): Flood | null {
  let flood: { since: number; raised: number; peak: number } | null = null;
  const window: RaisedInMinute[] = [];
  let inWindow = 0;
  const pass = (at: number): void => {
    while (window[0] !== undefined && window[0].at <= at - windowMinutes * minuteMilliseconds)
      inWindow -= window.shift()?.raised ?? 0;
    if (flood !== null && inWindow < limits.endsBelow) flood = null;
  };
  let latest = Number.NEGATIVE_INFINITY;
  for (const minute of minutes) {
    if (minute.raised === 0 || minute.at > now) continue;
    // In the minutes between, alarms only leave the window: it is enough to look before each that brings some.
    pass(Math.max(latest, minute.at - minuteMilliseconds));
    pass(minute.at);
    latest = minute.at;
    window.push(minute);
    inWindow += minute.raised;
    if (flood !== null) {
      flood.raised += minute.raised;
      flood.peak = Math.max(flood.peak, inWindow);
    } else if (inWindow > limits.startsAbove) {
      flood = { since: minute.at, raised: inWindow, peak: inWindow };
    }
  }
  pass(now - (now % minuteMilliseconds));
  return flood;
}
