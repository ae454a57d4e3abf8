import { isEmergencyEntity } from '#shared/vocabulary/identifiers.ts';
import type { AlarmRow } from '../alarms/alarm-rules.ts';
import { type AlarmTest, compileConditions } from '../conditions/match-conditions.ts';
import type { SqliteClient } from '../store/database.ts';
import { unitsOfWorkOf } from '../store/database.ts';
import type { TopologyDirectory } from '../topology/topology-directory.ts';
import { openWindows, type WindowRow } from './maintenance-store.ts';
import { nextOccurrence, occurrenceAt } from './schedule-rules.ts';

/** Which maintenance window suppresses an alarm, looked up from memory: every report passes here. */
export interface MaintenanceBook {
  /** The window that suppresses the alarm at a time (ms); null when none does. Emergency services are never suppressed. */
  windowFor(alarm: AlarmRow, at: number): string | null;
  /** Whether any window of the tenant is on. */
  isAnyOn(tenantId: string, at: number): boolean;
  /** Windows whose alarms must be marked or given back, since they have begun or ended by their schedule. */
  due(at: number): { readonly window: WindowRow; readonly isOn: boolean }[];
  /** Reads the windows again: one was planned, changed or ended. */
  forget(): void;
}

interface Entry {
  readonly window: WindowRow;
  readonly matches: AlarmTest;
  /** What was found at `from` holds until just before `until`. */
  from: number;
  until: number;
  isOn: boolean;
}

/** A schedule is asked again after a week at the latest: the next occurrence is looked for no farther. */
const weekMilliseconds = 7 * 86_400_000;

export function createMaintenanceBook(client: SqliteClient, topology: TopologyDirectory): MaintenanceBook {
  const units = unitsOfWorkOf(client);
  let tenants: Map<string, Entry[]> | null = null;
  const load = (): Map<string, Entry[]> => {
    const loaded = new Map<string, Entry[]>();
    for (const window of units.read(openWindows)) {
      const entries = loaded.get(window.tenantId) ?? [];
      const matches = compileConditions(window.conditions, window.withContents);
      entries.push({ window, matches, from: Number.POSITIVE_INFINITY, until: Number.NEGATIVE_INFINITY, isOn: false });
      loaded.set(window.tenantId, entries);
    }
    tenants = loaded;
    return loaded;
  };
  const isOn = (entry: Entry, at: number): boolean => {
    if (entry.window.endedAt !== null) return false;
    if (at >= entry.from && at < entry.until) return entry.isOn;
    const occurrence = occurrenceAt(entry.window.schedule, at);
    entry.from = at;
    entry.isOn = occurrence !== null;
    const change = occurrence?.endsAt ?? nextOccurrence(entry.window.schedule, at)?.startsAt;
    entry.until = Math.min(change ?? Number.POSITIVE_INFINITY, at + weekMilliseconds);
    return entry.isOn;
  };
  const entriesOf = (tenantId: string): readonly Entry[] => (tenants ?? load()).get(tenantId) ?? [];
  return {
    windowFor(alarm, at) {
      const entries = entriesOf(alarm.tenantId).filter((entry) => isOn(entry, at));
      if (entries.length === 0) return null;
      const entityType = topology.typeOf(alarm.tenantId, alarm.entityId);
      if (isEmergencyEntity(alarm.entityId, entityType)) return null;
      const facts = { ...alarm, entityType, holders: topology.holdersOf(alarm.tenantId, alarm.entityId) };
      return entries.find(({ matches }) => matches(facts))?.window.windowId ?? null;
    },
    isAnyOn: (tenantId, at) => entriesOf(tenantId).some((entry) => isOn(entry, at)),
    due(at) {
      const entries = [...(tenants ?? load()).values()].flat();
      return entries.flatMap((entry) =>
        isOn(entry, at) === (entry.window.onSince !== null) ? [] : [{ window: entry.window, isOn: isOn(entry, at) }],
      );
    },
    forget: () => {
      tenants = null;
    },
  };
}
