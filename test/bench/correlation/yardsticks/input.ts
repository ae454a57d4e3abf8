import type { Severity } from '#shared/vocabulary/severity.ts';
import type { AlarmLine, Scenario } from '#test/support/simulator/scenario.ts';

/** An alarm as the yardsticks read it: by time of the source, sorted. */
export interface YardstickAlarm {
  readonly alarmId: string;
  readonly entityId: string;
  readonly alarmType: string;
  readonly severity: Severity;
  readonly at: number;
}

/** Parses and sorts once, outside of any measurement. */
export function toYardstickAlarms(lines: readonly AlarmLine[]): YardstickAlarm[] {
  return lines
    .map((line) => ({
      alarmId: line.alarm_id,
      entityId: line.entity_id,
      alarmType: line.alarm_type,
      severity: line.severity,
      at: Date.parse(line.raised_at),
    }))
    .sort((left, right) => left.at - right.at);
}

/** Ids of the emergency services in a recording's topology. */
export function emergencyEntities(scenario: Scenario): Set<string> {
  return new Set(
    scenario.topology.entities
      .filter((entity) => entity.entity_type === 'EMERGENCY_SERVICE')
      .map((entity) => entity.id),
  );
}

/** Entities of a group, the most frequent first. */
export function mostFrequentEntities(alarms: readonly YardstickAlarm[]): string[] {
  const counts = new Map<string, number>();
  for (const alarm of alarms) counts.set(alarm.entityId, (counts.get(alarm.entityId) ?? 0) + 1);
  return [...counts].sort((left, right) => right[1] - left[1]).map(([entity]) => entity);
}
