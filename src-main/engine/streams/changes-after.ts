import { actionsChangedAfter } from '../actions/action-queries.ts';
import { actionToWire } from '../actions/action-wire.ts';
import { alarmsChangedAfter } from '../alarms/alarm-queries.ts';
import { isLive } from '../alarms/alarm-rules.ts';
import { alarmToWire } from '../alarms/alarm-wire.ts';
import type { SequencedChange } from '../core/inputs.ts';
import { clustersChangedAfter } from '../correlation/cluster-queries.ts';
import { clusterToWire } from '../correlation/cluster-wire.ts';
import { incidentsChangedAfter } from '../incidents/incident-queries.ts';
import { incidentToWire } from '../incidents/incident-wire.ts';
import type { ReadUnit } from '../store/database.ts';

/**
 * What changed after a sequence, from the store: each object once, as it is now, in the order of its last change. So a
 * subscriber can resume after any time away, across restarts, without a log of changes. At most `limit` objects.
 */
export function changesAfter(unit: ReadUnit, tenantId: string, sequence: number, limit: number): SequencedChange[] {
  const changes: SequencedChange[] = [
    ...alarmsChangedAfter(unit, tenantId, sequence, limit).map((row) => ({
      tenantId,
      sequence: row.sequence,
      topic: 'alarm' as const,
      change: isLive(row) ? ('upserted' as const) : ('removed' as const),
      json: JSON.stringify(alarmToWire(row)),
    })),
    ...clustersChangedAfter(unit, tenantId, sequence, limit).map((row) => ({
      tenantId,
      sequence: row.sequence,
      topic: 'cluster' as const,
      change: row.state === 'merged' ? ('removed' as const) : ('upserted' as const),
      json: JSON.stringify(clusterToWire(row)),
    })),
    ...incidentsChangedAfter(unit, tenantId, sequence, limit).map((row) => ({
      tenantId,
      sequence: row.sequence,
      topic: 'incident' as const,
      change: 'upserted' as const,
      json: JSON.stringify(incidentToWire(row)),
    })),
    ...actionsChangedAfter(unit, tenantId, sequence, limit).map((row) => ({
      tenantId,
      sequence: row.sequence,
      topic: 'action' as const,
      change: 'upserted' as const,
      json: JSON.stringify(actionToWire(row)),
    })),
  ];
  return changes.sort((left, right) => left.sequence - right.sequence).slice(0, limit);
}
