import type { ClusterChange, ClusterHeader, MemberExplanation } from '../correlation/correlator.ts';
import type { Member, RawCluster, ShownCluster } from './members.ts';
import { headerOf, namedCause } from './shown-header.ts';

/** Collects what changes about the shown clusters during one call and answers the net of it. */
export interface ShownChanges {
  /** To be called before a member moves or is explained anew. */
  memberTouched(member: Member): void;
  clusterTouched(shown: ShownCluster): void;
  /** The member is nowhere any more, and nobody is to be told that it left. */
  memberLeft(member: Member): void;
  /** The net changes since the last call. `emptied` is told of clusters that are gone, and where most of their members went. */
  drain(
    rawOf: (id: string) => RawCluster | undefined,
    refine: (header: ClusterHeader) => ClusterHeader,
    emptied: (shown: ShownCluster, heirId: string | null) => void,
  ): ClusterChange[];
  /** Forgets what was collected: it is known already, as after a restart. */
  discard(): void;
}

interface Movement {
  readonly from: ShownCluster | null;
  readonly explanation: MemberExplanation;
}

export function createShownChanges(): ShownChanges {
  const movements = new Map<Member, Movement>();
  const touched = new Set<ShownCluster>();
  return {
    memberTouched(member) {
      if (!movements.has(member)) movements.set(member, { from: member.shown, explanation: member.explanation });
    },
    clusterTouched: (shown) => {
      touched.add(shown);
    },
    memberLeft: (member) => {
      movements.set(member, { from: null, explanation: member.explanation });
    },
    discard() {
      movements.clear();
      for (const shown of touched) shown.announced = shown.members.size > 0;
      touched.clear();
    },
    drain(rawOf, refine, emptied) {
      const added = new Map<ShownCluster, MemberExplanation[]>();
      const removed = new Map<ShownCluster, string[]>();
      const heirs = new Map<ShownCluster, Map<ShownCluster, number>>();
      for (const [member, { from, explanation }] of movements) {
        const to = member.shown;
        if (from === to && explanation === member.explanation) continue;
        if (to !== null) push(added, to, member.explanation, touched);
        if (from === null || from === to) continue;
        push(removed, from, member.alarmId, touched);
        if (to !== null) count(heirs, from, to);
      }
      const changes: ClusterChange[] = [];
      for (const shown of touched) {
        if (shown.members.size === 0) {
          const heirId = mainHeir(heirs.get(shown));
          if (shown.announced) changes.push({ kind: 'removed', clusterId: shown.id, mergedInto: heirId });
          shown.announced = false;
          emptied(shown, heirId);
          continue;
        }
        shown.announced = true;
        changes.push({
          kind: 'upserted',
          cluster: namedCause(shown) === null ? refine(headerOf(shown, rawOf)) : headerOf(shown, rawOf),
          membersAdded: added.get(shown) ?? [],
          membersRemoved: removed.get(shown) ?? [],
        });
      }
      movements.clear();
      touched.clear();
      return changes;
    },
  };
}

function push<T>(lists: Map<ShownCluster, T[]>, shown: ShownCluster, item: T, touched: Set<ShownCluster>): void {
  touched.add(shown);
  const list = lists.get(shown);
  if (list === undefined) lists.set(shown, [item]);
  else list.push(item);
}

function count(heirs: Map<ShownCluster, Map<ShownCluster, number>>, from: ShownCluster, to: ShownCluster): void {
  const counts = heirs.get(from) ?? new Map<ShownCluster, number>();
  counts.set(to, (counts.get(to) ?? 0) + 1);
  heirs.set(from, counts);
}

/** The cluster that took most members; ties go to the smaller name. */
function mainHeir(counts: ReadonlyMap<ShownCluster, number> | undefined): string | null {
  const ranked = [...(counts ?? [])].sort((left, right) => right[1] - left[1] || (left[0].id < right[0].id ? -1 : 1));
  return ranked[0]?.[0].id ?? null;
}
