import type { KnownMembers } from './known-members.ts';
import type { RawCluster, ShownCluster } from './members.ts';
import { newRaw, newShown } from './members.ts';

/** Everything that the shown partition remembers. */
export interface PartitionState {
  readonly members: Pick<KnownMembers, 'get'>;
  readonly raws: Map<string, RawCluster>;
  readonly shown: Map<string, ShownCluster>;
  /** Pairs of shown clusters between which the engine moves nothing that stands, both ways round. */
  readonly apart: Map<string, Set<string>>;
  /** Entities whose alarms a person took from one shown cluster into another: what comes later at them goes there too. */
  readonly claims: Map<string, Map<string, string>>;
  rawOf(id: string): RawCluster;
  shownOf(id: string): ShownCluster;
  keepApart(left: string, right: string): void;
  areApart(left: string, right: string): boolean;
  /** Later alarms at an entity that would come into `from` go to `to`. */
  claim(from: string, entityId: string, to: string): void;
  claimed(from: string, entityId: string): string | null;
  /** Forgets a shown cluster and what was corrected about it. */
  forget(shown: ShownCluster): void;
}

export function createPartitionState(members: Pick<KnownMembers, 'get'>): PartitionState {
  const raws = new Map<string, RawCluster>();
  const shown = new Map<string, ShownCluster>();
  const apart = new Map<string, Set<string>>();
  const claims = new Map<string, Map<string, string>>();
  const note = (left: string, right: string): void => {
    const others = apart.get(left) ?? new Set<string>();
    others.add(right);
    apart.set(left, others);
  };
  return {
    members,
    raws,
    shown,
    apart,
    claims,
    rawOf: (id) => getOrMake(raws, id, newRaw),
    shownOf: (id) => getOrMake(shown, id, newShown),
    keepApart(left, right) {
      note(left, right);
      note(right, left);
    },
    areApart: (left, right) => apart.get(left)?.has(right) === true,
    claim(from, entityId, to) {
      const claimed = claims.get(from) ?? new Map<string, string>();
      claimed.set(entityId, to);
      claims.set(from, claimed);
    },
    claimed: (from, entityId) => claims.get(from)?.get(entityId) ?? null,
    forget({ id }) {
      shown.delete(id);
      claims.delete(id);
      for (const other of apart.get(id) ?? []) {
        apart.get(other)?.delete(id);
        if (apart.get(other)?.size === 0) apart.delete(other);
      }
      apart.delete(id);
      for (const claimed of claims.values())
        for (const [entityId, to] of claimed) if (to === id) claimed.delete(entityId);
    },
  };
}

function getOrMake<T>(map: Map<string, T>, id: string, make: (id: string) => T): T {
  let found = map.get(id);
  if (found === undefined) {
    found = make(id);
    map.set(id, found);
  }
  return found;
}
