import { addMember, type Cluster, createCluster, removeMember } from '#engine/correlation/cluster.ts';
import type { ClusterChanges } from '#engine/correlation/cluster-changes.ts';
import type { MemberExplanation } from '#engine/correlation/correlator.ts';
import type { LiveAlarm } from '#engine/correlation/live-alarm.ts';

/** The standing clusters; every move of an alarm goes through here, so that changes are told exactly. */
export interface ClusterTable {
  /** A new, still empty cluster called after its founder. */
  found(founder: LiveAlarm): Cluster;
  /** A cluster that is known by name, as after a restart. */
  open(id: string): Cluster;
  /** Puts an alarm into a cluster, taking it out of the one it is in. */
  place(alarm: LiveAlarm, cluster: Cluster, explanation: MemberExplanation): void;
  /** Replaces the explanation of a member that stays where it is. */
  explain(alarm: LiveAlarm, explanation: MemberExplanation): void;
  /** Takes an alarm out of its cluster; without another `place` it is forgotten. */
  remove(alarm: LiveAlarm): void;
  /** Forgets a cluster of which nothing can change any more. */
  forget(cluster: Cluster): void;
  /** Forgets the clusters that were emptied since the last call. To be called after the changes were told. */
  sweep(): void;
}

export function createClusterTable(changes: ClusterChanges): ClusterTable {
  const clusters = new Map<string, Cluster>();
  const emptied = new Set<Cluster>();

  const open = (id: string): Cluster => {
    const cluster = createCluster(id);
    clusters.set(id, cluster);
    emptied.add(cluster);
    return cluster;
  };
  const remove = (alarm: LiveAlarm): void => {
    const cluster = alarm.cluster;
    if (cluster === null) return;
    changes.alarmTouched(alarm);
    changes.clusterTouched(cluster);
    removeMember(cluster, alarm);
    if (cluster.alarmCount === 0) emptied.add(cluster);
  };

  return {
    found(founder) {
      let id = founder.clusterName;
      for (let attempt = 2; ; attempt += 1) {
        const existing = clusters.get(id);
        if (existing === undefined) return open(id);
        if (existing.alarmCount === 0) return existing;
        id = `${founder.clusterName}~${attempt}`;
      }
    },
    open: (id) => clusters.get(id) ?? open(id),
    place(alarm, cluster, explanation) {
      if (alarm.cluster === cluster) {
        if (alarm.explanation !== explanation) {
          changes.alarmTouched(alarm);
          alarm.explanation = explanation;
        }
        return;
      }
      if (alarm.cluster === null) changes.alarmTouched(alarm);
      else remove(alarm);
      changes.clusterTouched(cluster);
      alarm.explanation = explanation;
      addMember(cluster, alarm);
    },
    explain(alarm, explanation) {
      changes.alarmTouched(alarm);
      alarm.explanation = explanation;
    },
    remove,
    forget(cluster) {
      clusters.delete(cluster.id);
    },
    sweep() {
      for (const cluster of emptied) if (cluster.alarmCount === 0) clusters.delete(cluster.id);
      emptied.clear();
    },
  };
}
