import { longestLag } from './lag-bins.ts';

/** An alarm that may still turn out to be the cause of another. */
export interface RecentAlarm {
  readonly sequence: number;
  readonly type: number;
  readonly second: number;
}

/** The last minutes of each entity; bounded by what is recent. */
export interface RecentAlarms {
  /** Alarms on an entity, oldest first; some may be older than the longest lag. */
  on(entityId: string): readonly RecentAlarm[];
  add(entityId: string, alarm: RecentAlarm): void;
}

/** A chattering entity is remembered by its latest alarms only. */
const mostPerEntity = 64;
/** Alarms between two sweeps for entities that have gone quiet. */
const sweepEvery = 4096;

const none: readonly RecentAlarm[] = [];

export function createRecentAlarms(): RecentAlarms {
  const entities = new Map<string, RecentAlarm[]>();
  let added = 0;

  const sweep = (second: number): void => {
    for (const [entityId, alarms] of entities) {
      const last = alarms.at(-1);
      if (last === undefined || second - last.second > longestLag) entities.delete(entityId);
    }
  };

  return {
    on: (entityId) => entities.get(entityId) ?? none,
    add: (entityId, alarm) => {
      added += 1;
      if (added % sweepEvery === 0) sweep(alarm.second);
      const alarms = entities.get(entityId);
      if (alarms === undefined) {
        entities.set(entityId, [alarm]);
        return;
      }
      if (alarms.length >= 2 * mostPerEntity) alarms.splice(0, mostPerEntity);
      alarms.push(alarm);
    },
  };
}
