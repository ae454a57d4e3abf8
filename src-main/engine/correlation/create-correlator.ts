import { type Cluster, countSeverity } from '#engine/correlation/cluster.ts';
import { createClusterChanges } from '#engine/correlation/cluster-changes.ts';
import { createClusterTable } from '#engine/correlation/cluster-table.ts';
import type {
  CauseRule,
  ClusterChange,
  CorrelationAlarm,
  CorrelationEvent,
  CorrelationTopology,
  Correlator,
  StoredCluster,
} from '#engine/correlation/correlator.ts';
import { createEntityRegistry, type EntityRegistry, emptyTopology } from '#engine/correlation/entity-registry.ts';
import type { Grouping } from '#engine/correlation/grouping.ts';
import { createHypothesisGrouping } from '#engine/correlation/hypothesis-grouping.ts';
import { createLiveAlarm, type LiveAlarm } from '#engine/correlation/live-alarm.ts';
import { createRetention } from '#engine/correlation/retention.ts';
import { buildTopologyIndex } from '#engine/correlation/topology-index.ts';
import { severityRank } from '#shared/vocabulary/severity.ts';

export interface CorrelatorOptions {
  /** How close in time alarms of one happening usually are, in seconds, 1 to 86,400; default 300. */
  readonly windowSeconds?: number;
  /** The network as known at the start; default none. */
  readonly topology?: CorrelationTopology;
  /** Leaves the costly reconsideration to `settle`, for a caller that settles often; default false. */
  readonly weighsInSettle?: boolean;
  /** How many alarms are weighed against each other at most; beyond it the oldest stay where they are. Default: no limit. */
  readonly mostLive?: number;
}

/** Slow cascades (batteries that last 40 minutes) must still find their cause, so an alarm stays live for so many windows. */
const horizonWindows = 12;
const shortestHorizonMs = 3_600_000;
/** In a call with more new alarms than this, places are found in between, so that memory stays bounded. */
const mostAtOnce = 8192;

/**
 * The correlation engine. Deterministic: the same calls give the same answers. Among alarms that are still live, neither
 * their order nor how they are cut into calls of `apply` matters for the partition after `settle`; what is older than the
 * horizon stays as it was judged when it settled.
 * @throws RangeError for a window outside its range
 */
export function createCorrelator(options: CorrelatorOptions = {}): Correlator {
  const windowSeconds = options.windowSeconds ?? 300;
  if (!(windowSeconds >= 1 && windowSeconds <= 86_400)) {
    throw new RangeError(`windowSeconds must be 1 to 86400, got ${windowSeconds}`);
  }
  const windowMs = windowSeconds * 1000;
  const weighsInSettle = options.weighsInSettle ?? false;
  const mostLive = options.mostLive ?? Number.POSITIVE_INFINITY;
  const changes = createClusterChanges();
  const table = createClusterTable(changes);
  const retention = createRetention(Math.max(shortestHorizonMs, windowMs * horizonWindows));
  /** All alarms that are live or not cleared, in order of arrival. */
  const alarms = new Map<string, LiveAlarm>();
  let admitted = 0;
  let liveCount = 0;
  let registry: EntityRegistry = createEntityRegistry(
    options.topology === undefined ? emptyTopology : buildTopologyIndex(options.topology),
  );
  let learnedCauses: readonly CauseRule[] = [];
  const startGrouping = (): Grouping =>
    createHypothesisGrouping({ windowMs, registry, table, weighsInSettle, learnedCauses: () => learnedCauses });
  let grouping = startGrouping();

  const retire = (alarm: LiveAlarm): void => {
    if (!alarm.live) return;
    alarm.live = false;
    liveCount -= 1;
    grouping.retire(alarm);
    registry.release(alarm.entity);
    const cluster = alarm.cluster;
    if (cluster === null) return;
    if (cluster.candidates.length === 0) cluster.candidates = grouping.candidatesOf(cluster);
    cluster.settledCount += 1;
    cluster.members.delete(alarm);
    letGo(alarm, cluster);
  };
  /** A restored alarm that is not weighed any more: only its clear still counts. */
  const settleRestored = (alarm: LiveAlarm, cluster: Cluster): void => {
    alarm.live = false;
    registry.release(alarm.entity);
    cluster.settledCount += 1;
    cluster.members.delete(alarm);
    letGo(alarm, cluster);
  };
  /** Forgets a settled alarm that is cleared; its cluster too, once nothing can happen to it any more. */
  const letGo = (alarm: LiveAlarm, cluster: Cluster): void => {
    if (alarm.cleared && alarms.get(alarm.id) === alarm) alarms.delete(alarm.id);
    if (cluster.members.size === 0 && cluster.activeCount === 0) table.forget(cluster);
  };

  const admit = (told: CorrelationAlarm): LiveAlarm => {
    const alarm = createLiveAlarm(told, registry.acquire(told.entityId));
    alarm.emergency = registry.isEmergency(told.entityId);
    alarms.set(alarm.id, alarm);
    return alarm;
  };
  /** The same condition, back within the window: the same happening goes on, as with a port that flaps. */
  const isBack = (before: LiveAlarm, told: CorrelationAlarm): boolean =>
    before.live && before.cleared && told.raisedAt - before.lastSeenAt <= windowMs;
  const reactivate = (alarm: LiveAlarm, told: CorrelationAlarm): void => {
    repeat(alarm.id, severityRank(told.severity));
    const cluster = alarm.cluster;
    if (cluster !== null) {
      changes.clusterTouched(cluster);
      cluster.activeCount += 1;
    }
    alarm.cleared = false;
    alarm.lastSeenAt = told.raisedAt;
  };
  const raise = (told: CorrelationAlarm): void => {
    const before = alarms.get(told.alarmId);
    if (before !== undefined && isBack(before, told)) {
      reactivate(before, told);
      return;
    }
    if (before !== undefined) {
      // Raised again: it is a new fact that may belong elsewhere than the old one.
      if (before.live) {
        before.live = false;
        liveCount -= 1;
        grouping.retire(before);
        registry.release(before.entity);
      } else if (before.cluster !== null) before.cluster.settledCount -= 1;
      table.remove(before);
    }
    const alarm = admit(before === undefined ? told : { ...told, raisedBefore: true });
    grouping.admit(alarm);
    liveCount += 1;
    retention.admit(alarm);
    admitted += 1;
    if (admitted % mostAtOnce === 0) absorb();
  };
  /** Finds places for the new alarms, then lets go of those whose time is over. */
  const absorb = (): void => {
    grouping.absorb();
    letGoOfTheOldest();
  };
  const letGoOfTheOldest = (): void => {
    for (const expired of retention.expired()) retire(expired);
    if (liveCount > mostLive) for (const surplus of retention.oldest(liveCount - mostLive)) retire(surplus);
  };
  const repeat = (alarmId: string, severity: number): void => {
    const alarm = alarms.get(alarmId);
    if (alarm === undefined || alarm.severity === severity) return;
    if (alarm.cluster !== null) {
      changes.clusterTouched(alarm.cluster);
      countSeverity(alarm.cluster, alarm.severity, -1);
      countSeverity(alarm.cluster, severity, 1);
    }
    alarm.severity = severity;
  };
  const clear = (alarmId: string, at: number): void => {
    const alarm = alarms.get(alarmId);
    if (alarm === undefined || alarm.cleared) return;
    alarm.cleared = true;
    alarm.lastSeenAt = Math.max(alarm.lastSeenAt, at);
    const cluster = alarm.cluster;
    if (cluster !== null) {
      cluster.activeCount -= 1;
      changes.clusterTouched(cluster);
    }
    if (!alarm.live && cluster !== null) letGo(alarm, cluster);
  };
  const answer = (): ClusterChange[] => {
    const told = changes.drain((cluster) => grouping.candidatesOf(cluster));
    table.sweep();
    return told;
  };

  return {
    apply(events: readonly CorrelationEvent[]) {
      for (const event of events) {
        if (event.kind === 'raised') raise(event.alarm);
        else if (event.kind === 'cleared') clear(event.alarmId, event.at);
        else repeat(event.alarmId, severityRank(event.severity));
      }
      absorb();
      return answer();
    },
    settle() {
      grouping.settle();
      return answer();
    },
    setTopology(topology: CorrelationTopology) {
      registry = createEntityRegistry(buildTopologyIndex(topology));
      grouping = startGrouping();
      for (const alarm of alarms.values()) {
        const emergency = registry.isEmergency(alarm.entityId);
        if (emergency !== alarm.emergency && alarm.cluster !== null) {
          alarm.cluster.emergencyCount += emergency ? 1 : -1;
          changes.clusterTouched(alarm.cluster);
        }
        alarm.emergency = emergency;
        if (!alarm.live) continue;
        alarm.entity = registry.acquire(alarm.entityId);
        grouping.readmit(alarm);
      }
    },
    setLearnedCauses(causes: readonly CauseRule[]) {
      learnedCauses = causes;
    },
    restore(clusters: readonly StoredCluster[]) {
      const restored: LiveAlarm[] = [];
      for (const stored of clusters) {
        const cluster = table.open(stored.clusterId);
        cluster.candidates = stored.candidates ?? [];
        for (const member of stored.members) {
          const alarm = admit(member.alarm);
          table.place(alarm, cluster, member.explanation);
          restored.push(alarm);
        }
      }
      restored.sort((left, right) => left.raisedAt - right.raisedAt || (left.id < right.id ? -1 : 1));
      // The store knows what was told; only what happens from now on is news.
      answer();
      const surplus = Math.max(0, restored.length - mostLive);
      for (const [index, alarm] of restored.entries()) {
        if (index < surplus && alarm.cluster !== null) settleRestored(alarm, alarm.cluster);
        else {
          grouping.readmit(alarm);
          retention.admit(alarm);
          liveCount += 1;
        }
      }
      letGoOfTheOldest();
    },
  };
}
