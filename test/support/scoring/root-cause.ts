import type { Partition } from './partition.ts';

/** A fault with the entities that count as its root. */
export interface FaultToFind {
  readonly faultId: string;
  readonly acceptedRoots: ReadonlySet<string>;
}

/** What a correlator says of one cluster: entities in the order of its belief. */
export type RankedRoots = ReadonlyMap<string, readonly string[]>;

export interface RootCauseScore {
  readonly faults: number;
  /** Share of faults whose root stands first, and among the first three. */
  readonly top1: number;
  readonly top3: number;
  /** The same over the faults whose root entity raised no alarm. */
  readonly silentFaults: number;
  readonly silentTop1: number;
}

/**
 * For each fault the cluster that holds most of its alarms answers; a fault that is only a minority there is missed,
 * for an engineer who reads the cluster is told another story.
 */
export function scoreRootCauses(
  predicted: Partition,
  ranked: RankedRoots,
  truth: Partition,
  faults: readonly FaultToFind[],
  alarmingEntities: ReadonlySet<string>,
): RootCauseScore {
  const shares = new Map<string, Map<string, number>>();
  const contents = new Map<string, Map<string, number>>();
  const add = (table: Map<string, Map<string, number>>, row: string, column: string): void => {
    const counts = table.get(row) ?? new Map<string, number>();
    table.set(row, counts);
    counts.set(column, (counts.get(column) ?? 0) + 1);
  };
  for (const [item, faultId] of truth) {
    const cluster = predicted.get(item);
    if (cluster === undefined) throw new RangeError(`item ${item} stands in no cluster`);
    add(shares, faultId, cluster);
    add(contents, cluster, faultId);
  }
  const largest = (counts: ReadonlyMap<string, number> | undefined): string | null => {
    let best: string | null = null;
    let most = 0;
    for (const [key, number] of counts ?? []) {
      if (number > most) [best, most] = [key, number];
    }
    return best;
  };
  let [top1, top3, silentFaults, silentTop1] = [0, 0, 0, 0];
  for (const fault of faults) {
    const cluster = largest(shares.get(fault.faultId));
    const silent = [...fault.acceptedRoots].every((root) => !alarmingEntities.has(root));
    if (silent) silentFaults++;
    if (cluster === null || largest(contents.get(cluster)) !== fault.faultId) continue;
    const position = (ranked.get(cluster) ?? []).findIndex((entity) => fault.acceptedRoots.has(entity));
    if (position === 0) top1++;
    if (position === 0 && silent) silentTop1++;
    if (position >= 0 && position < 3) top3++;
  }
  const share = (number: number, of: number): number => (of === 0 ? 1 : number / of);
  return {
    faults: faults.length,
    top1: share(top1, faults.length),
    top3: share(top3, faults.length),
    silentFaults,
    silentTop1: share(silentTop1, silentFaults),
  };
}
