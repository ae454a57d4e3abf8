import type { Alarm } from '#shared/api/alarms.ts';
import { toTimestamp } from '#shared/vocabulary/time.ts';
import type { AlarmRow } from './alarm-rules.ts';

const optionalTime = (milliseconds: number | null) => (milliseconds === null ? null : toTimestamp(milliseconds));

/** The API's form of a stored alarm. */
export function alarmToWire(row: AlarmRow): Alarm {
  return {
    alarm_id: row.alarmId,
    tenant_id: row.tenantId,
    entity_id: row.entityId,
    alarm_type: row.alarmType,
    specific_problem: row.specificProblem,
    probable_cause: row.probableCause,
    severity: row.severity,
    state: row.isCleared ? 'cleared' : 'active',
    is_cleared: row.isCleared,
    ack_state: row.isAcked ? 'acked' : 'unacked',
    acked_by: row.ackedBy,
    shelved_until: optionalTime(row.shelvedUntil),
    raised_at: toTimestamp(row.raisedAt),
    last_raised_at: toTimestamp(row.lastRaisedAt),
    changed_at: toTimestamp(row.changedAt),
    cleared_at: optionalTime(row.clearedAt),
    repeat_count: row.repeatCount,
    source_system: row.sourceSystem,
    cluster_id: row.clusterId,
    incident_id: row.incidentId,
    text: row.text,
    flapping_since: optionalTime(row.noise?.flaps?.flapping_since ?? null),
    flap_count: row.noise?.flaps?.changes ?? 0,
    source_cleared_at: optionalTime(row.noise?.flaps?.source_cleared_at ?? null),
    suppressed_by: row.noise?.suppressed_by ?? null,
  };
}
