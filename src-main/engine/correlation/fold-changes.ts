import type { ClusterChange, ClusterHeader, MemberExplanation } from '#engine/correlation/correlator.ts';

/** A cluster as the stream of changes tells it. */
export interface FoldedCluster {
  header: ClusterHeader;
  readonly members: Map<string, MemberExplanation>;
}

/** Brings `clusters` up to date with the changes of one call. */
export function foldChanges(clusters: Map<string, FoldedCluster>, changes: readonly ClusterChange[]): void {
  for (const change of changes) {
    if (change.kind === 'removed') {
      clusters.delete(change.clusterId);
      continue;
    }
    const { clusterId } = change.cluster;
    let cluster = clusters.get(clusterId);
    if (cluster === undefined) {
      cluster = { header: change.cluster, members: new Map() };
      clusters.set(clusterId, cluster);
    }
    cluster.header = change.cluster;
    for (const alarmId of change.membersRemoved) cluster.members.delete(alarmId);
    for (const member of change.membersAdded) cluster.members.set(member.alarmId, member);
  }
}
