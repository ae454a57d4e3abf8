import type { Cluster } from '#shared/api/clusters.ts';
import { toTimestamp } from '#shared/vocabulary/time.ts';
import type { clusters } from './clusters.schema.ts';

export type ClusterRow = typeof clusters.$inferSelect;

/** The API's form of a stored cluster. */
export function clusterToWire(row: ClusterRow): Cluster {
  const [rootCause, runnerUp] = row.candidates;
  return {
    cluster_id: row.clusterId,
    tenant_id: row.tenantId,
    state: row.state,
    title: row.title,
    severity: row.severity,
    alarm_count: row.alarmCount,
    active_count: row.activeCount,
    entity_count: row.entityCount,
    suppressed_count: row.suppressedCount,
    is_emergency_service: row.isEmergencyService,
    root_cause: rootCause,
    runner_up: runnerUp ?? null,
    first_raised_at: toTimestamp(row.firstRaisedAt),
    last_raised_at: toTimestamp(row.lastRaisedAt),
    changed_at: toTimestamp(row.changedAt),
    incident_id: row.incidentId,
    merged_into: row.mergedInto,
  };
}
