import type { RootCause } from '#shared/api/clusters.ts';
import type { JournalEntry } from '../core/journal-entry.ts';
import type { WorkingSet } from '../core/working-set.ts';
import { correctClusters } from '../corrections/correct-clusters.ts';
import type { CorrectedCorrelator } from '../corrections/correction.ts';
import { isSuppressed } from '../noise/alarm-noise.ts';
import type { MaintenanceBook } from '../noise/maintenance-book.ts';
import type { TopologyDirectory } from '../topology/topology-directory.ts';
import { clusterTitle } from './cluster-title.ts';
import type { ClusterRow } from './cluster-wire.ts';
import type { ClusterChange, ClusterHeader } from './correlator.ts';
import { createEntityTally } from './entity-tally.ts';

export interface ClustersHandler {
  /** Tells correlation what happened to alarms and what people corrected, and brings the clusters up to date. */
  handle(entries: readonly JournalEntry[], set: WorkingSet): void;
  /** Lets the correlators finish what they put off, and brings the clusters up to date. */
  settle(set: WorkingSet): void;
  /** Forgets what is remembered between batches, after a batch that was rolled back. */
  reset(): void;
}

export interface ClustersHandlerDeps {
  readonly correlatorOf: (tenantId: string) => CorrectedCorrelator;
  /** Tenants whose correlator is at work. */
  readonly activeTenants: () => readonly string[];
  readonly topology: TopologyDirectory;
  readonly maintenance: Pick<MaintenanceBook, 'isAnyOn'>;
  /** Rules or habits of people changed. */
  readonly rulesChanged: (tenantId: string) => void;
}

type Upserted = Extract<ClusterChange, { kind: 'upserted' }>;
type Removed = Extract<ClusterChange, { kind: 'removed' }>;

export function createClustersHandler(deps: ClustersHandlerDeps): ClustersHandler {
  const { correlatorOf, activeTenants, topology, maintenance, rulesChanged } = deps;
  let tally = createEntityTally();

  const upsert = (tenantId: string, change: Upserted, set: WorkingSet, isCorrection: boolean): void => {
    const { cluster: header } = change;
    const before = set.cluster(header.clusterId);
    const members = tally.of(header.clusterId, () => (before === null ? [] : membersOf(header.clusterId, set)));
    for (const alarmId of change.membersRemoved) {
      set.stores.clusters.removeMember(header.clusterId, alarmId);
      members.remove(alarmId);
    }
    for (const member of change.membersAdded) {
      set.stores.clusters.addMember(header.clusterId, member);
      // A member that stays only has another explanation; the alarm itself has not changed.
      if (members.has(member.alarmId)) continue;
      const alarm = set.alarm(member.alarmId);
      if (alarm === null)
        throw new Error(`Correlation put the unknown alarm ${member.alarmId} into ${header.clusterId}.`);
      members.add(alarm.alarmId, alarm.entityId);
      set.putAlarm({ ...alarm, clusterId: header.clusterId, incidentId: before?.incidentId ?? null });
    }
    const row = rowOf(tenantId, header, before, members.entityCount(), set);
    if (before !== null && saysTheSame(before, row)) return;
    set.putCluster(row);
    set.changedClusters.set(row.clusterId, row);
    if (row.state !== 'active') tally.forget(row.clusterId);
    announce(before, row, set);
    if (before !== null && !isCorrection) announceSplit(before, row, change.membersRemoved.length, set);
  };

  /** Looked at only while it can be anything but none. */
  const suppressedIn = (tenantId: string, clusterId: string, before: ClusterRow | null, set: WorkingSet): number =>
    maintenance.isAnyOn(tenantId, set.now) || (before?.suppressedCount ?? 0) > 0
      ? set.alarmsInCluster(clusterId).filter((alarm) => !alarm.isCleared && isSuppressed(alarm)).length
      : 0;

  const countSuppressedAnew = (set: WorkingSet): void => {
    for (const [clusterId, tenantId] of set.suppressionChanges) {
      const cluster = set.cluster(clusterId);
      if (cluster === null) continue;
      const suppressedCount = suppressedIn(tenantId, clusterId, cluster, set);
      const changed = { ...cluster, suppressedCount, changedAt: set.now };
      if (suppressedCount !== cluster.suppressedCount) set.putCluster(changed);
      // Its incident may be due now, or not due any more.
      set.changedClusters.set(clusterId, changed);
    }
    set.suppressionChanges.clear();
  };

  const remove = (change: Removed, set: WorkingSet, isCorrection: boolean): void => {
    const cluster = set.cluster(change.clusterId);
    tally.forget(change.clusterId);
    if (cluster === null) return;
    const merged: ClusterRow = {
      ...cluster,
      state: 'merged',
      mergedInto: change.mergedInto,
      activeCount: 0,
      changedAt: set.now,
    };
    set.putCluster(merged);
    set.changedClusters.set(merged.clusterId, merged);
    if (isAnnounced(cluster) && !isCorrection) announceMerge(merged, set);
  };

  const rowOf = (
    tenantId: string,
    header: ClusterHeader,
    before: ClusterRow | null,
    entityCount: number,
    set: WorkingSet,
  ): ClusterRow => {
    const [root, ...others]: RootCause[] = header.candidates.map((candidate) => ({
      entity_id: candidate.entityId,
      alarm_id: candidate.alarmId,
      confidence: candidate.confidence,
      because: candidate.because,
    }));
    if (root === undefined) throw new Error(`Correlation named no root cause for ${header.clusterId}.`);
    const rootAlarm = root.alarm_id === null ? null : set.alarm(root.alarm_id);
    return {
      clusterId: header.clusterId,
      tenantId,
      state: header.activeCount > 0 ? 'active' : 'cleared',
      title: clusterTitle({
        rootCause: root,
        rootName: topology.nameOf(tenantId, root.entity_id),
        rootProblem: rootAlarm === null ? null : rootAlarm.specificProblem || rootAlarm.alarmType,
        alarmCount: header.alarmCount,
        entityCount,
      }),
      severity: header.severity,
      alarmCount: header.alarmCount,
      activeCount: header.activeCount,
      entityCount,
      suppressedCount: suppressedIn(tenantId, header.clusterId, before, set),
      isEmergencyService: header.isEmergencyService,
      candidates: [root, ...others],
      firstRaisedAt: header.firstRaisedAt,
      lastRaisedAt: header.lastRaisedAt,
      createdAt: before?.createdAt ?? set.now,
      changedAt: set.now,
      incidentId: before?.incidentId ?? null,
      mergedInto: null,
      sequence: 0,
    };
  };

  /** What a person did stands in the timeline already; the engine does not tell it once more as its own finding. */
  const follow = (tenantId: string, changes: readonly ClusterChange[], set: WorkingSet, isCorrection = false): void => {
    for (const change of changes) {
      if (change.kind === 'upserted') upsert(tenantId, change, set, isCorrection);
      else remove(change, set, isCorrection);
    }
  };

  return {
    handle(entries, set) {
      for (const [tenantId, events] of set.correlationEvents)
        follow(tenantId, correlatorOf(tenantId).apply(events), set);
      set.correlationEvents.clear();
      for (const entry of entries) {
        const { event } = entry;
        if (event.event_type !== 'cluster.corrected') continue;
        const correlator = correlatorOf(event.tenant_id);
        follow(event.tenant_id, correctClusters(entry, event, set, { correlator, topology, rulesChanged }), set, true);
      }
      countSuppressedAnew(set);
    },
    settle(set) {
      for (const tenantId of activeTenants()) follow(tenantId, correlatorOf(tenantId).settle(), set);
    },
    reset: () => {
      tally = createEntityTally();
    },
  };
}

function* membersOf(clusterId: string, set: WorkingSet): Generator<readonly [alarmId: string, entityId: string]> {
  for (const alarmId of set.stores.clusters.memberIds(clusterId)) {
    const alarm = set.alarm(alarmId);
    if (alarm !== null) yield [alarmId, alarm.entityId];
  }
}

/** Whether two forms of a cluster tell people the same, so that neither a write nor a message is needed. */
function saysTheSame(before: ClusterRow, after: ClusterRow): boolean {
  return (
    isSame(before, after, notTold) &&
    before.candidates.length === after.candidates.length &&
    before.candidates.every((candidate, index) => isSame(candidate, after.candidates[index] ?? {}, nothing))
  );
}

const notTold: ReadonlySet<string> = new Set<keyof ClusterRow>(['changedAt', 'sequence', 'candidates']);
const nothing: ReadonlySet<string> = new Set();

/** Whether two objects have the same values, those of `except` aside. For every cluster of a storm, so without ceremony. */
function isSame(before: object, after: object, except: ReadonlySet<string>): boolean {
  for (const key of Object.keys(before))
    if (Reflect.get(before, key) !== Reflect.get(after, key) && !except.has(key)) return false;
  return true;
}

/**
 * Writes the cluster into the journal when it becomes one (a second alarm, or an emergency service) and when what people
 * act on has changed. A lone alarm is in the journal already.
 */
function announce(before: ClusterRow | null, row: ClusterRow, set: WorkingSet): void {
  const root = rootEntityOf(row);
  if (!isAnnounced(row)) return;
  const isNews =
    before === null ||
    !isAnnounced(before) ||
    before.severity !== row.severity ||
    before.isEmergencyService !== row.isEmergencyService ||
    row.alarmCount >= before.alarmCount * 2 ||
    rootEntityOf(before) !== root;
  if (!isNews) return;
  const entry = set.append(row.tenantId, (base) => ({
    ...base,
    event_type: before === null || !isAnnounced(before) ? 'alarm_cluster.created' : 'alarm_cluster.updated',
    cluster_id: row.clusterId,
    alarm_count: row.alarmCount,
    root_cause_entity_id: root,
    severity: row.severity,
    is_emergency_service: row.isEmergencyService,
  }));
  set.stores.corrections.record(row.clusterId, entry.position, false);
}

/** A cluster that people may have seen went into another. Lone alarms join others all the time; nobody is told of that. */
function announceMerge(row: ClusterRow, set: WorkingSet): void {
  const entry = set.append(row.tenantId, (base) => ({
    ...base,
    event_type: 'alarm_cluster.merged',
    cluster_id: row.clusterId,
    merged_into: row.mergedInto,
  }));
  set.stores.corrections.record(row.clusterId, entry.position, false);
  if (row.mergedInto !== null) set.stores.corrections.record(row.mergedInto, entry.position, false);
}

/** A part this large that leaves is another happening, not a stray alarm. */
const notableShare = 0.2;

function announceSplit(before: ClusterRow, row: ClusterRow, movedCount: number, set: WorkingSet): void {
  if (!isAnnounced(before) || movedCount < 2 || movedCount < before.alarmCount * notableShare) return;
  const entry = set.append(row.tenantId, (base) => ({
    ...base,
    event_type: 'alarm_cluster.split',
    cluster_id: row.clusterId,
    moved_count: movedCount,
    alarm_count: row.alarmCount,
  }));
  set.stores.corrections.record(row.clusterId, entry.position, false);
}

const isAnnounced = (row: ClusterRow): boolean => row.alarmCount > 1 || row.isEmergencyService;

const rootEntityOf = (row: ClusterRow): string => row.candidates[0].entity_id;
