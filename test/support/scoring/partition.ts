/** Which cluster each item stands in: item id to cluster id. */
export type Partition = ReadonlyMap<string, string>;

export interface BCubed {
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
}

interface Contingency {
  readonly total: number;
  readonly predictedSizes: ReadonlyMap<string, number>;
  readonly trueSizes: ReadonlyMap<string, number>;
  /** How many items share a predicted and a true cluster. */
  readonly cells: readonly { readonly predicted: string; readonly truth: string; readonly count: number }[];
}

function count(map: Map<string, number>, key: string): void {
  map.set(key, (map.get(key) ?? 0) + 1);
}

function tabulate(predicted: Partition, truth: Partition): Contingency {
  const predictedSizes = new Map<string, number>();
  const trueSizes = new Map<string, number>();
  const cells = new Map<string, Map<string, number>>();
  for (const [item, trueCluster] of truth) {
    const cluster = predicted.get(item);
    if (cluster === undefined) throw new RangeError(`item ${item} stands in no cluster`);
    count(predictedSizes, cluster);
    count(trueSizes, trueCluster);
    const row = cells.get(cluster) ?? new Map<string, number>();
    cells.set(cluster, row);
    count(row, trueCluster);
  }
  if (predicted.size !== truth.size) throw new RangeError(`${predicted.size} items answered, ${truth.size} asked`);
  const flat = [...cells].flatMap(([cluster, row]) =>
    [...row].map(([trueCluster, number]) => ({ predicted: cluster, truth: trueCluster, count: number })),
  );
  return { total: truth.size, predictedSizes, trueSizes, cells: flat };
}

/**
 * B-cubed precision, recall and F1, averaged over the items (Bagga and Baldwin 1998; Amigó et al. 2009, Information
 * Retrieval 12): an item's precision is the share of its cluster that belongs with it, its recall the share of what
 * belongs with it that is in its cluster. Each item counts itself. Throws RangeError unless both partitions cover the same items.
 */
export function bCubed(predicted: Partition, truth: Partition): BCubed {
  const table = tabulate(predicted, truth);
  if (table.total === 0) return { precision: 1, recall: 1, f1: 1 };
  let precision = 0;
  let recall = 0;
  for (const cell of table.cells) {
    precision += (cell.count * cell.count) / (table.predictedSizes.get(cell.predicted) ?? 1);
    recall += (cell.count * cell.count) / (table.trueSizes.get(cell.truth) ?? 1);
  }
  precision /= table.total;
  recall /= table.total;
  return { precision, recall, f1: (2 * precision * recall) / (precision + recall) };
}

function pairs(number: number): number {
  return (number * (number - 1)) / 2;
}

function sumOfPairs(sizes: Iterable<number>): number {
  let sum = 0;
  for (const size of sizes) sum += pairs(size);
  return sum;
}

/**
 * Adjusted Rand index (Hubert and Arabie 1985): agreement over all pairs of items, 0 for what chance gives, 1 for
 * identity; may be negative. Two partitions that are both all-singletons or both one cluster agree fully.
 */
export function adjustedRandIndex(predicted: Partition, truth: Partition): number {
  const table = tabulate(predicted, truth);
  const together = sumOfPairs(table.cells.map((cell) => cell.count));
  const inPredicted = sumOfPairs(table.predictedSizes.values());
  const inTruth = sumOfPairs(table.trueSizes.values());
  const expected = table.total < 2 ? 0 : (inPredicted * inTruth) / pairs(table.total);
  const highest = (inPredicted + inTruth) / 2;
  return highest === expected ? 1 : (together - expected) / (highest - expected);
}
