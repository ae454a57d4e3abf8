/** Alarms whose source time lies farther than this ahead of the rest do not make time pass by themselves. */
export const farAheadMs = 24 * 3_600_000;
/** So many recent alarms decide together what time it is. */
const recentCount = 15;

/** What time the stream of alarms says it is. Needs no clock: it follows the alarms' own times. */
export interface Watermark {
  /** Takes note of an alarm's time. */
  observe(raisedAt: number): void;
  /** Milliseconds since the epoch; -Infinity before the first alarm. */
  current(): number;
}

/**
 * The watermark is the latest time among recent alarms, leaving out those more than a day after their median: one source
 * that lives in the future does not age everybody else's alarms. It can go back, once the recent alarms agree on that.
 */
export function createWatermark(): Watermark {
  const inOrder: number[] = [];
  const byTime: number[] = [];
  let next = 0;
  let latest = Number.NEGATIVE_INFINITY;

  const insert = (time: number): void => {
    let at = byTime.length;
    while (at > 0 && (byTime[at - 1] ?? 0) > time) at -= 1;
    byTime.splice(at, 0, time);
  };

  return {
    observe(raisedAt) {
      if (inOrder.length < recentCount) inOrder.push(raisedAt);
      else {
        const leaving = inOrder[next] ?? raisedAt;
        inOrder[next] = raisedAt;
        next = (next + 1) % recentCount;
        byTime.splice(byTime.indexOf(leaving), 1);
      }
      insert(raisedAt);
      const limit = (byTime[(byTime.length - 1) >> 1] ?? raisedAt) + farAheadMs;
      // A watermark that the recent alarms contradict was set by a wrong clock: start again from them.
      if (latest > limit) latest = Number.NEGATIVE_INFINITY;
      for (let at = byTime.length - 1; at >= 0; at -= 1) {
        const time = byTime[at] ?? raisedAt;
        if (time > limit) continue;
        if (time > latest) latest = time;
        break;
      }
    },
    current: () => latest,
  };
}
