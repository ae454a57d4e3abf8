import type { ObservedAlarm } from '#engine/correlation/causes/attribute-alarms.ts';

/** Seconds after a cause within which an effect counts. */
const window = 300;
const leastScore = 8;

/**
 * The plain yardstick: `b` follows `a` if it starts within 300 s after it on the same device, compared with constant rates, z above
 * 8; of the two directions the one that happened more often.
 */
export function lagCountPairs(history: readonly ObservedAlarm[]): [string, string][] {
  const tracks = new Map<string, Map<string, number[]>>();
  let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const { entityId, alarmType, raisedAt } of history.toSorted((left, right) => left.raisedAt - right.raisedAt)) {
    const second = raisedAt / 1000;
    [first, last] = [Math.min(first, second), Math.max(last, second)];
    const device = tracks.get(entityId) ?? new Map<string, number[]>();
    tracks.set(entityId, device);
    device.set(alarmType, [...(device.get(alarmType) ?? []), second]);
  }
  const hits = new Map<string, number>();
  const expected = new Map<string, number>();
  const add = (table: Map<string, number>, key: string, by: number): void => {
    table.set(key, (table.get(key) ?? 0) + by);
  };
  for (const device of tracks.values()) {
    for (const [cause, causeTimes] of device) {
      for (const [effect, effectTimes] of device) {
        if (cause === effect) continue;
        const key = `${cause} ${effect}`;
        let next = 0;
        let found = 0;
        for (const at of causeTimes) {
          while ((effectTimes[next] ?? Number.POSITIVE_INFINITY) < at) next++;
          if ((effectTimes[next] ?? Number.POSITIVE_INFINITY) <= at + window) found += 1;
        }
        add(hits, key, found);
        add(expected, key, causeTimes.length * (1 - Math.exp((-effectTimes.length * window) / (last - first))));
      }
    }
  }
  const pairs: [string, string][] = [];
  for (const [key, count] of hits) {
    const [cause = '', effect = ''] = key.split(' ');
    const chance = expected.get(key) ?? 0;
    const score = (count - chance) / Math.sqrt(Math.max(1e-9, chance));
    if (score > leastScore && count > (hits.get(`${effect} ${cause}`) ?? 0)) pairs.push([cause, effect]);
  }
  return pairs;
}
