import type { Incident } from '#shared/api/incidents.ts';
import { toTimestamp } from '#shared/vocabulary/time.ts';
import type { IncidentRow } from './incident-rules.ts';

const optionalTime = (milliseconds: number | null) => (milliseconds === null ? null : toTimestamp(milliseconds));

/** The API's form of a stored incident. */
export function incidentToWire(row: IncidentRow): Incident {
  return {
    incident_id: row.incidentId,
    tenant_id: row.tenantId,
    cluster_id: row.clusterId,
    entity_id: row.entityId,
    title: row.title,
    severity: row.severity,
    state: row.state,
    owner: row.owner,
    is_emergency_service: row.isEmergencyService,
    alarm_count: row.alarmCount,
    active_count: row.activeCount,
    created_at: toTimestamp(row.createdAt),
    changed_at: toTimestamp(row.changedAt),
    acknowledged_at: optionalTime(row.acknowledgedAt),
    resolved_at: optionalTime(row.resolvedAt),
    closed_at: optionalTime(row.closedAt),
  };
}
