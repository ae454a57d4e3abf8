import { useThrottledValue } from '@mantine/hooks';
import type { Cluster } from '#shared/api/clusters.ts';
import { useIncident } from '../../state/hooks.ts';
import { useRemote } from '../../state/use-remote.ts';

/** How often at most a changing cluster is asked for again, in milliseconds: large ones are long answers. */
const largeCluster = 1000;
const intervalLarge = 15_000;
const interval = 2_000;

function useRevision(cluster: Cluster | undefined): string {
  const isLarge = (cluster?.alarm_count ?? 0) > largeCluster;
  return useThrottledValue(cluster?.changed_at ?? '', isLarge ? intervalLarge : interval);
}

/** A cluster with its members and candidates, asked for again as the live cluster changes. */
export function useClusterDetail(clusterId: string | null, live: Cluster | undefined) {
  const revision = useRevision(live);
  return useRemote(clusterId, revision, (client, signal) =>
    client.clusters.get({ cluster_id: clusterId ?? '' }, { signal }),
  );
}

/** A cluster's SITREP, asked for again as the live cluster or its incident changes. */
export function useSitrep(clusterId: string | null, live: Cluster | undefined) {
  const revision = useRevision(live);
  const incident = useIncident(live?.incident_id ?? null);
  return useRemote(clusterId, `${revision} ${incident?.changed_at}`, (client, signal) =>
    client.clusters.sitrep({ cluster_id: clusterId ?? '' }, { signal }),
  );
}

/** Who is hurt by a cluster, asked for again as it changes. */
export function useImpact(clusterId: string, live: Cluster | undefined) {
  const revision = useRevision(live);
  return useRemote(`impact ${clusterId}`, revision, (client, signal) =>
    client.impact.cluster({ cluster_id: clusterId }, { signal }),
  );
}
