import type { ClusterStore } from '../correlation/cluster-store.ts';
import type { Correlator } from '../correlation/correlator.ts';
import type { TopologyDirectory } from '../topology/topology-directory.ts';

/** One correlator per tenant, built from the store when it is first needed. */
export interface Correlators {
  of(tenantId: string): Correlator;
  /** Tenants whose correlator exists. */
  tenants(): readonly string[];
  topologyChanged(tenantId: string): void;
  /** Forgets all working state; it is built again from the store. */
  reset(): void;
}

export interface CorrelatorsDeps {
  readonly create: () => Correlator;
  readonly clusters: ClusterStore;
  readonly topology: TopologyDirectory;
  readonly clock: () => number;
  /** How far back a cleared cluster still matters, milliseconds. */
  readonly memoryMilliseconds: number;
}

export function createCorrelators({
  create,
  clusters,
  topology,
  clock,
  memoryMilliseconds,
}: CorrelatorsDeps): Correlators {
  const tenants = new Map<string, Correlator>();
  return {
    of(tenantId) {
      const known = tenants.get(tenantId);
      if (known !== undefined) return known;
      const correlator = create();
      correlator.setTopology(topology.forCorrelation(tenantId));
      correlator.restore(clusters.restorable(tenantId, clock() - memoryMilliseconds));
      tenants.set(tenantId, correlator);
      return correlator;
    },
    tenants: () => [...tenants.keys()],
    topologyChanged(tenantId) {
      topology.forget(tenantId);
      tenants.get(tenantId)?.setTopology(topology.forCorrelation(tenantId));
    },
    reset: () => {
      tenants.clear();
    },
  };
}
