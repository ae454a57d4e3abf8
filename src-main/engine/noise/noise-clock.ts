import { toTimestamp } from '#shared/vocabulary/time.ts';
import type { AlarmStore } from '../alarms/alarm-store.ts';
import type { JournalEntry } from '../core/journal-entry.ts';
import type { WorkingSet } from '../core/working-set.ts';
import type { MaintenanceBook } from './maintenance-book.ts';
import { switchWindow } from './maintenance-store.ts';

/** What becomes due by the clock alone: alarms that were held long enough, maintenance windows that begin and end. */
export interface NoiseClock {
  isDue(now: number): boolean;
  /** Journals what is due at the set's time and lets the handlers apply it. */
  tick(set: WorkingSet, apply: (entries: readonly JournalEntry[]) => void): void;
}

export function createNoiseClock(alarms: Pick<AlarmStore, 'heldUntil'>, maintenance: MaintenanceBook): NoiseClock {
  const releaseHeld = (set: WorkingSet, apply: (entries: readonly JournalEntry[]) => void): void => {
    for (const alarmId of alarms.heldUntil(set.now)) {
      const alarm = set.alarm(alarmId);
      const flaps = alarm?.noise?.flaps;
      if (alarm === null || flaps === null || flaps === undefined) continue;
      const clearedAt = flaps.source_cleared_at;
      const entry = set.append(alarm.tenantId, (base) => ({
        ...base,
        event_type: 'alarm.held',
        alarm_id: alarmId,
        phase: 'ended',
        changes: flaps.changes,
        cleared_at: clearedAt === null ? null : toTimestamp(clearedAt),
      }));
      apply([entry]);
    }
  };
  const switchWindows = (set: WorkingSet, apply: (entries: readonly JournalEntry[]) => void): void => {
    for (const { window, isOn } of maintenance.due(set.now)) {
      set.stores.units.write((unit) => switchWindow(unit, window.windowId, isOn ? set.now : null));
      maintenance.forget();
      const entry = set.append(window.tenantId, (base) => ({
        ...base,
        event_type: 'maintenance.switched',
        window_id: window.windowId,
        name: window.name,
        is_on: isOn,
      }));
      apply([entry]);
    }
  };
  return {
    isDue: (now) => alarms.heldUntil(now).length > 0 || maintenance.due(now).length > 0,
    tick(set, apply) {
      releaseHeld(set, apply);
      switchWindows(set, apply);
    },
  };
}
