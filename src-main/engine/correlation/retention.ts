import type { LiveAlarm } from '#engine/correlation/live-alarm.ts';
import { createWatermark, farAheadMs } from '#engine/correlation/watermark.ts';

const bucketMs = 60_000;

/** Decides how long an alarm can tie in others, by the alarms' own times. */
export interface Retention {
  /** Takes in a new alarm. */
  admit(alarm: LiveAlarm): void;
  /** Takes out the alarms whose time is over. */
  expired(): readonly LiveAlarm[];
  /** Takes out so many live alarms, those that were raised first. */
  oldest(count: number): readonly LiveAlarm[];
}

/**
 * @param horizonMs an alarm this much older than the watermark is retired. An alarm from far in the future is kept as if
 * it were raised now and retired with its contemporaries, unless the watermark has come to its time meanwhile.
 */
export function createRetention(horizonMs: number): Retention {
  const watermark = createWatermark();
  const buckets = new Map<number, LiveAlarm[]>();

  const keep = (alarm: LiveAlarm): void => {
    const key = Math.floor(Math.min(alarm.raisedAt, watermark.current()) / bucketMs);
    const bucket = buckets.get(key);
    if (bucket === undefined) buckets.set(key, [alarm]);
    else bucket.push(alarm);
  };

  return {
    admit(alarm) {
      watermark.observe(alarm.raisedAt);
      keep(alarm);
    },
    expired() {
      const oldest = watermark.current() - horizonMs;
      const limit = Math.floor(oldest / bucketMs);
      const expired: LiveAlarm[] = [];
      for (const [key, bucket] of buckets) {
        if (key >= limit) continue;
        buckets.delete(key);
        for (const candidate of bucket) {
          const current = candidate.raisedAt >= oldest && candidate.raisedAt <= watermark.current() + farAheadMs;
          if (current && candidate.raisedAt > (key + 1) * bucketMs) keep(candidate);
          else expired.push(candidate);
        }
      }
      return expired;
    },
    oldest(count) {
      const taken: LiveAlarm[] = [];
      for (const key of [...buckets.keys()].sort((left, right) => left - right)) {
        const bucket = buckets.get(key) ?? [];
        while (bucket.length > 0 && taken.length < count)
          taken.push(...bucket.splice(0, count - taken.length).filter((alarm) => alarm.live));
        if (bucket.length === 0) buckets.delete(key);
        if (taken.length >= count) break;
      }
      return taken;
    },
  };
}
