/** How many members of a cluster belong to each entity, kept while the cluster is active. */
export interface EntityCounts {
  add(entityId: string): void;
  remove(entityId: string): void;
  /** How many different entities. */
  size(): number;
}

/** Counts the entities of clusters without going through their members again. */
export interface EntityTally {
  /** The counts of a cluster, built from `members` when it is not remembered. */
  of(clusterId: string, members: () => readonly string[]): EntityCounts;
  forget(clusterId: string): void;
}

export function createEntityTally(): EntityTally {
  const clusters = new Map<string, Map<string, number>>();
  return {
    of(clusterId, members) {
      let counts = clusters.get(clusterId);
      if (counts === undefined) {
        counts = new Map();
        for (const entityId of members()) counts.set(entityId, (counts.get(entityId) ?? 0) + 1);
        clusters.set(clusterId, counts);
      }
      const held = counts;
      return {
        add: (entityId) => {
          held.set(entityId, (held.get(entityId) ?? 0) + 1);
        },
        remove: (entityId) => {
          const left = (held.get(entityId) ?? 0) - 1;
          if (left > 0) held.set(entityId, left);
          else held.delete(entityId);
        },
        size: () => held.size,
      };
    },
    forget: (clusterId) => {
      clusters.delete(clusterId);
    },
  };
}
