import type { ClusterChange } from '../correlation/correlator.ts';
import type { KnownMembers } from './known-members.ts';
import type { RawCluster } from './members.ts';

/** Alarms that the engine takes out of a cluster in this answer, and those of clusters that it ends. */
export function leavingMembers(
  told: readonly ClusterChange[],
  raws: ReadonlyMap<string, RawCluster>,
  known: Pick<KnownMembers, 'get'>,
): ReadonlySet<string> {
  const leaving = new Set<string>();
  for (const change of told) {
    if (change.kind === 'removed') {
      for (const { alarmId } of raws.get(change.clusterId)?.members ?? []) leaving.add(alarmId);
      continue;
    }
    for (const alarmId of change.membersRemoved)
      if (known.get(alarmId)?.raw?.id === change.cluster.clusterId) leaving.add(alarmId);
  }
  return leaving;
}
