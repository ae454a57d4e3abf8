import { type Cluster, highestRank, refreshTimes } from '#engine/correlation/cluster.ts';
import type {
  ClusterChange,
  ClusterHeader,
  MemberExplanation,
  RootCauseCandidate,
} from '#engine/correlation/correlator.ts';
import { type LiveAlarm, severityByRank } from '#engine/correlation/live-alarm.ts';

/** Collects what happens during one call and answers the net of it. */
export interface ClusterChanges {
  /** To be called before an alarm changes its cluster or its explanation. */
  alarmTouched(alarm: LiveAlarm): void;
  clusterTouched(cluster: Cluster): void;
  /** The net changes since the last call, in the order in which clusters were first touched. */
  drain(judge: (cluster: Cluster) => readonly RootCauseCandidate[]): ClusterChange[];
}

interface Movement {
  readonly from: Cluster | null;
  readonly explanation: MemberExplanation;
}

export function createClusterChanges(): ClusterChanges {
  const movements = new Map<LiveAlarm, Movement>();
  const touched = new Set<Cluster>();

  return {
    alarmTouched(alarm) {
      if (!movements.has(alarm)) movements.set(alarm, { from: alarm.cluster, explanation: alarm.explanation });
    },
    clusterTouched(cluster) {
      touched.add(cluster);
    },
    drain(judge) {
      const added = new Map<Cluster, MemberExplanation[]>();
      const removed = new Map<Cluster, string[]>();
      const heirs = new Map<Cluster, Map<Cluster, number>>();
      for (const [alarm, movement] of movements) {
        const to = alarm.cluster;
        if (movement.from === to && movement.explanation === alarm.explanation) continue;
        if (to !== null) {
          listOf(added, to).push(alarm.explanation);
          touched.add(to);
        }
        if (movement.from === null || movement.from === to) continue;
        listOf(removed, movement.from).push(alarm.id);
        touched.add(movement.from);
        if (to !== null) countHeir(heirs, movement.from, to);
      }
      const changes: ClusterChange[] = [];
      for (const cluster of touched) {
        if (cluster.alarmCount === 0) {
          if (cluster.announced)
            changes.push({ kind: 'removed', clusterId: cluster.id, mergedInto: mainHeir(heirs.get(cluster)) });
          cluster.announced = false;
          continue;
        }
        cluster.announced = true;
        if (
          cluster.candidates.length === 0 ||
          (cluster.candidatesStale && cluster.members.size >= cluster.settledCount)
        ) {
          cluster.candidates = judge(cluster);
        }
        cluster.candidatesStale = false;
        changes.push({
          kind: 'upserted',
          cluster: headerOf(cluster),
          membersAdded: added.get(cluster) ?? [],
          membersRemoved: removed.get(cluster) ?? [],
        });
      }
      movements.clear();
      touched.clear();
      return changes;
    },
  };
}

function headerOf(cluster: Cluster): ClusterHeader {
  refreshTimes(cluster);
  return {
    clusterId: cluster.id,
    alarmCount: cluster.alarmCount,
    activeCount: cluster.activeCount,
    severity: severityByRank[highestRank(cluster)] ?? 'indeterminate',
    isEmergencyService: cluster.emergencyCount > 0,
    firstRaisedAt: cluster.firstRaisedAt,
    lastRaisedAt: cluster.lastRaisedAt,
    candidates: cluster.candidates,
  };
}

function listOf<T>(lists: Map<Cluster, T[]>, cluster: Cluster): T[] {
  let list = lists.get(cluster);
  if (list === undefined) {
    list = [];
    lists.set(cluster, list);
  }
  return list;
}

function countHeir(heirs: Map<Cluster, Map<Cluster, number>>, from: Cluster, to: Cluster): void {
  let counts = heirs.get(from);
  if (counts === undefined) {
    counts = new Map();
    heirs.set(from, counts);
  }
  counts.set(to, (counts.get(to) ?? 0) + 1);
}

/** The cluster that took most members; ties go to the smaller name. */
function mainHeir(counts: ReadonlyMap<Cluster, number> | undefined): string | null {
  let best: Cluster | null = null;
  let most = 0;
  for (const [cluster, count] of counts ?? []) {
    if (count > most || (count === most && best !== null && cluster.id < best.id)) {
      best = cluster;
      most = count;
    }
  }
  return best === null ? null : best.id;
}
