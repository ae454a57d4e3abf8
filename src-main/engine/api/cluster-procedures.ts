import { findCluster, getCluster, listClusters } from '../correlation/cluster-queries.ts';
import { sitrepOf } from '../reports/sitrep.ts';
import { base } from './base.ts';
import type { ApiServices } from './services.ts';
import { found, pageOrRefusal, tenantOf } from './submit.ts';

/** Implements the contract's `clusters`. */
export function clusterProcedures({ reader, clock }: ApiServices) {
  return {
    list: base.clusters.list.handler(({ input, context }) =>
      pageOrRefusal(reader.read((unit) => listClusters(unit, tenantOf(context), input))),
    ),
    get: base.clusters.get.handler(({ input, context }) =>
      found(
        reader.read((unit) => getCluster(unit, tenantOf(context), input.cluster_id)),
        `cluster ${input.cluster_id}`,
      ),
    ),
    sitrep: base.clusters.sitrep.handler(({ input, context }) =>
      reader.read((unit) => {
        const cluster = found(findCluster(unit, tenantOf(context), input.cluster_id), `cluster ${input.cluster_id}`);
        return sitrepOf(unit, cluster, clock());
      }),
    ),
  };
}
