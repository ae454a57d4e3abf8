/** The members of a cluster by entity, kept while the cluster is active. Adding or removing a member twice changes nothing. */
export interface MemberTally {
  add(alarmId: string, entityId: string): void;
  remove(alarmId: string): void;
  has(alarmId: string): boolean;
  /** How many different entities. */
  entityCount(): number;
}

/** Counts the entities of clusters without going through their members again. */
export interface EntityTally {
  /** The tally of a cluster, built from `members` (alarm and entity) when it is not remembered. */
  of(clusterId: string, members: () => Iterable<readonly [alarmId: string, entityId: string]>): MemberTally;
  forget(clusterId: string): void;
}

export function createEntityTally(): EntityTally {
  const clusters = new Map<string, MemberTally>();
  return {
    of(clusterId, members) {
      const known = clusters.get(clusterId);
      if (known !== undefined) return known;
      const tally = createMemberTally();
      for (const [alarmId, entityId] of members()) tally.add(alarmId, entityId);
      clusters.set(clusterId, tally);
      return tally;
    },
    forget: (clusterId) => {
      clusters.delete(clusterId);
    },
  };
}

function createMemberTally(): MemberTally {
  const entityOf = new Map<string, string>();
  const counts = new Map<string, number>();
  const remove = (alarmId: string) => {
    const entityId = entityOf.get(alarmId);
    if (entityId === undefined) return;
    entityOf.delete(alarmId);
    const left = (counts.get(entityId) ?? 0) - 1;
    if (left > 0) counts.set(entityId, left);
    else counts.delete(entityId);
  };
  return {
    add(alarmId, entityId) {
      remove(alarmId);
      entityOf.set(alarmId, entityId);
      counts.set(entityId, (counts.get(entityId) ?? 0) + 1);
    },
    remove,
    has: (alarmId) => entityOf.has(alarmId),
    entityCount: () => counts.size,
  };
}
