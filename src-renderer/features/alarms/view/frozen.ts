import type { Alarm } from '#shared/api/alarms.ts';

/** The feed as it was when somebody froze it. */
export interface FrozenFeed {
  /** Milliseconds since the epoch. */
  readonly since: number;
  readonly byId: ReadonlyMap<string, Alarm>;
}

/** What the frozen list does not show. */
export interface HeldBack {
  readonly arrived: number;
  readonly changed: number;
  readonly removed: number;
}

/** Takes the picture. `now` in milliseconds since the epoch. */
export function freezeFeed(alarms: Iterable<Alarm>, now: number): FrozenFeed {
  return { since: now, byId: new Map(Array.from(alarms, (alarm) => [alarm.alarm_id, alarm])) };
}

/** Counts what happened behind a frozen list. Unchanged alarms are the same objects. */
export function countHeldBack(frozen: FrozenFeed, live: ReadonlyMap<string, Alarm>): HeldBack {
  let arrived = 0;
  let changed = 0;
  for (const [alarmId, alarm] of live) {
    const before = frozen.byId.get(alarmId);
    if (before === undefined) {
      arrived += 1;
    } else if (before !== alarm) {
      changed += 1;
    }
  }
  return { arrived, changed, removed: frozen.byId.size - (live.size - arrived) };
}

/** The frozen list, except that an operator's own doings show: those alarms are as the live feed has them, or gone. */
export function frozenAlarms(
  frozen: FrozenFeed,
  live: ReadonlyMap<string, Alarm>,
  operated: ReadonlySet<string>,
): readonly Alarm[] {
  return [...frozen.byId.values()].flatMap((alarm) =>
    operated.has(alarm.alarm_id) ? (live.get(alarm.alarm_id) ?? []) : alarm,
  );
}
