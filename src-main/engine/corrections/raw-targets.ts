import type { RawCluster } from './members.ts';

/**
 * Under which name the members of a cluster of the engine are shown: under its own, unless a person merged it into another or
 * a rule ties it to others. Then all that are tied go by the name of the one that began first.
 */
export function targetOf(raw: RawCluster): string {
  const merged = mergedInto(raw);
  if (merged !== null) return merged;
  if (raw.tied === 0) return raw.id;
  const tied = tiedTo(raw);
  for (const other of tied) {
    const into = mergedInto(other);
    if (into !== null) return into;
  }
  let first = raw;
  for (const other of tied) if (beganBefore(other, first)) first = other;
  return first.id;
}

/** All that a change of one cluster's ties may rename, itself included. */
export function tiedTo(raw: RawCluster): ReadonlySet<RawCluster> {
  const found = new Set([raw]);
  // A set that grows while it is walked is walked to its end.
  for (const cluster of found) {
    if (cluster.tied === 0) continue;
    for (const member of cluster.members) {
      // What a person placed stays where it is, and so ties nothing.
      if (member.ties === null || member.pin !== null) continue;
      for (const other of member.ties.keys()) if (other.raw !== null && other.pin === null) found.add(other.raw);
    }
  }
  return found;
}

/** Half of the members that a merge brought along lead the rest; a cluster that follows goes on following as it grows. */
function mergedInto(raw: RawCluster): string | null {
  if (raw.leading === 0) return null;
  const counts = new Map<string, number>();
  for (const { pin } of raw.members)
    if (pin?.leads === true) counts.set(pin.clusterId, (counts.get(pin.clusterId) ?? 0) + 1);
  const [most] = [...counts].sort((left, right) => right[1] - left[1] || (left[0] < right[0] ? -1 : 1));
  if (most === undefined) return null;
  const [into, count] = most;
  return raw.target === into || count * 2 >= raw.members.size ? into : null;
}

function beganBefore(left: RawCluster, right: RawCluster): boolean {
  const leftAt = earliestOf(left);
  const rightAt = earliestOf(right);
  return leftAt < rightAt || (leftAt === rightAt && left.id < right.id);
}

function earliestOf({ header, members }: RawCluster): number {
  if (header !== null) return header.firstRaisedAt;
  let first = Number.POSITIVE_INFINITY;
  for (const { raisedAt } of members) first = Math.min(first, raisedAt);
  return first;
}
