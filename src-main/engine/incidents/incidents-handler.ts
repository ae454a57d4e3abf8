import { isDeepStrictEqual } from 'node:util';
import type { IncidentChanged, IncidentCreated } from '#shared/events/events.ts';
import { highestSeverity } from '#shared/vocabulary/severity.ts';
import type { JournalEntry } from '../core/journal-entry.ts';
import type { WorkingSet } from '../core/working-set.ts';
import type { ClusterRow } from '../correlation/cluster-wire.ts';
import { type IncidentRow, incidentSeverity, opensIncident, withState } from './incident-rules.ts';

/** Applies incident entries of the journal to the incidents. */
function handleIncidentEntries(entries: readonly JournalEntry[], set: WorkingSet): void {
  for (const entry of entries) {
    if (entry.event.event_type === 'incident.created') create(entry, entry.event, set);
    else if (entry.event.event_type === 'incident.changed') change(entry, entry.event, set);
  }
}

function create(entry: JournalEntry, event: IncidentCreated, set: WorkingSet): void {
  const cluster = event.cluster_id === null ? null : set.cluster(event.cluster_id);
  record(entry, event.incident_id, set);
  if (set.incident(event.incident_id) !== null) return;
  set.putIncident({
    incidentId: event.incident_id,
    tenantId: event.tenant_id,
    clusterId: event.cluster_id,
    entityId: event.entity_id,
    title: event.title,
    severity: event.severity,
    state: 'new',
    owner: null,
    isEmergencyService: event.is_emergency_service,
    alarmCount: cluster?.alarmCount ?? 0,
    activeCount: cluster?.activeCount ?? 0,
    createdAt: entry.recordedAt,
    changedAt: entry.recordedAt,
    acknowledgedAt: null,
    resolvedAt: null,
    closedAt: null,
    sequence: 0,
  });
  if (cluster === null) return;
  set.putCluster({ ...cluster, incidentId: event.incident_id });
  for (const alarm of set.alarmsInCluster(cluster.clusterId)) set.putAlarm({ ...alarm, incidentId: event.incident_id });
}

function change(entry: JournalEntry, event: IncidentChanged, set: WorkingSet): void {
  const incident = set.incident(event.incident_id);
  if (incident === null)
    throw new Error(`Incident ${event.incident_id} of journal entry ${entry.position} does not exist.`);
  record(entry, event.incident_id, set);
  const moved = event.state === undefined ? incident : withState(incident, event.state, entry.recordedAt);
  set.putIncident({
    ...moved,
    owner: event.owner === undefined ? moved.owner : event.owner,
    title: event.title ?? moved.title,
    severity: event.severity ?? moved.severity,
    changedAt: entry.recordedAt,
  });
}

/** While catching up, an event that follows has no position of its own: it stands in the journal and comes by itself. */
function record(entry: JournalEntry, incidentId: string, set: WorkingSet): void {
  if (entry.position > 0) set.stores.incidents.record(entry.position, incidentId);
}

export interface IncidentsHandler {
  /** Applies incident entries and keeps incidents in step with their clusters. Emergency services open an incident at once. */
  handle(entries: readonly JournalEntry[], set: WorkingSet): void;
  /** Opens incidents for the clusters that deserve one, after correlation has finished what it put off. */
  settle(set: WorkingSet): void;
  /** Forgets what is remembered between batches, after a batch that was rolled back. */
  reset(): void;
}

/**
 * In a storm every alarm begins as a cluster of its own and most are merged within a second. So an incident is opened
 * when correlation has settled, not before: people get one case for what happened, not hundreds that vanish.
 */
export function createIncidentsHandler(clustersWithoutIncident: () => readonly string[]): IncidentsHandler {
  let waiting = new Set(clustersWithoutIncident());

  const followClusters = (set: WorkingSet): void => {
    for (const changed of set.changedClusters.values()) {
      const cluster = set.cluster(changed.clusterId) ?? changed;
      const incident = cluster.incidentId === null ? null : set.incident(cluster.incidentId);
      if (incident !== null) follow(incident, cluster, set);
      else if (!deserves(cluster)) waiting.delete(cluster.clusterId);
      else if (cluster.isEmergencyService) open(cluster, set);
      else waiting.add(cluster.clusterId);
    }
    set.changedClusters.clear();
  };

  return {
    handle(entries, set) {
      handleIncidentEntries(entries, set);
      followClusters(set);
    },
    settle(set) {
      followClusters(set);
      for (const clusterId of waiting) {
        const cluster = set.cluster(clusterId);
        if (cluster !== null && cluster.incidentId === null && deserves(cluster)) open(cluster, set);
      }
      waiting.clear();
    },
    reset: () => {
      waiting = new Set(clustersWithoutIncident());
    },
  };
}

/** Planned work is nobody's incident: something must stand that no maintenance window suppresses. */
const deserves = (cluster: ClusterRow): boolean =>
  cluster.activeCount > cluster.suppressedCount && opensIncident(cluster);

function open(cluster: ClusterRow, set: WorkingSet): void {
  const entry = set.append(cluster.tenantId, (base) => ({
    ...base,
    event_type: 'incident.created',
    incident_id: cluster.clusterId.replace(/^c-/, 'i-'),
    severity: incidentSeverity(cluster.severity, cluster.isEmergencyService),
    entity_id: cluster.candidates[0].entity_id,
    cluster_id: cluster.clusterId,
    title: cluster.title,
    operator: null,
    is_emergency_service: cluster.isEmergencyService,
  }));
  handleIncidentEntries([entry], set);
}

function follow(incident: IncidentRow, cluster: ClusterRow, set: WorkingSet): void {
  const isEmergencyService = incident.isEmergencyService || cluster.isEmergencyService;
  const isOwn = incident.owner === null && incident.state === 'new';
  const followed: IncidentRow = {
    ...incident,
    alarmCount: cluster.alarmCount,
    activeCount: cluster.activeCount,
    isEmergencyService,
    severity: incidentSeverity(highestSeverity(incident.severity, cluster.severity), isEmergencyService),
    title: isOwn ? cluster.title : incident.title,
    entityId: isOwn ? cluster.candidates[0].entity_id : incident.entityId,
  };
  if (!isDeepStrictEqual(incident, followed)) set.putIncident({ ...followed, changedAt: set.now });
  if (cluster.state === 'merged') {
    const where =
      cluster.mergedInto === null
        ? 'Its alarms belong to later happenings now.'
        : `The cluster was merged into ${cluster.mergedInto}.`;
    if (incident.resolvedAt === null) byEngine(incident, 'closed', where, set);
  } else if (incident.state === 'closed' && incident.resolvedAt === null) {
    byEngine(incident, 'new', 'What was merged stands on its own again.', set);
  } else if (cluster.activeCount === 0 && incident.state === 'new') {
    byEngine(incident, 'resolved', 'All alarms cleared before anybody acknowledged the incident.', set);
  } else if (cluster.activeCount > 0 && incident.activeCount === 0 && incident.state === 'resolved') {
    byEngine(incident, 'new', 'Alarms of this incident were raised again.', set);
  }
}

/** Closing a merged incident is not a resolution: it has no time of resolution, and the scorecard leaves it out. */
function byEngine(incident: IncidentRow, state: IncidentRow['state'], note: string, set: WorkingSet): void {
  const entry = set.append(incident.tenantId, (base) => ({
    ...base,
    event_type: 'incident.changed',
    incident_id: incident.incidentId,
    operator: null,
    state,
    note,
  }));
  handleIncidentEntries([entry], set);
}
