import { createQueue } from '#engine/correlation/cheapest-first.ts';
import type { FaultCandidate, FaultCandidates } from '#engine/correlation/fault-candidates.ts';

/**
 * Chooses the faults that explain all items at the least cost: every fault has a price, every item has a price under every
 * fault that could have brought it. Greedy rule for facility location of Jain, Mahdian and Saberi (STOC 2002): again and
 * again the fault with the best price per newly explained item, counting what it saves on items already explained; then
 * faults that do not pay are dropped and those that would pay are added.
 * Answers which candidate each item is explained by; -1 where it stands for itself at `aloneCost`.
 */
export function chooseFaults(itemCount: number, offers: FaultCandidates, aloneCost: number): Int32Array {
  const { candidates, items, costs } = offers;
  const assigned = new Int32Array(itemCount).fill(-1);
  const price = new Float64Array(itemCount).fill(Number.POSITIVE_INFINITY);
  const open = new Uint8Array(candidates.length);
  const queue = createQueue();
  candidates.forEach((candidate, at) => {
    queue.push(at, costPerItem(candidate, offers, price));
  });
  for (let at = queue.pop(); at >= 0; at = queue.pop()) {
    const candidate = candidates[at];
    if (candidate === undefined) continue;
    const cost = costPerItem(candidate, offers, price);
    if (cost > aloneCost) continue;
    if (cost > queue.least() + 1e-9) {
      queue.push(at, cost);
      continue;
    }
    open[at] = 1;
    for (let entry = candidate.begin; entry < candidate.end; entry += 1) {
      const item = items[entry] ?? 0;
      const itemCost = costs[entry] ?? 0;
      const now = price[item] ?? 0;
      if (now === Number.POSITIVE_INFINITY ? itemCost > cost : now <= itemCost) continue;
      price[item] = itemCost;
      assigned[item] = at;
    }
  }
  improve(offers, assigned, price, open, aloneCost);
  return assigned;
}

function costPerItem(candidate: FaultCandidate, { items, costs }: FaultCandidates, price: Float64Array): number {
  const { begin, end, fixedCost } = candidate;
  let spent = fixedCost;
  for (let at = begin; at < end; at += 1) {
    const now = price[items[at] ?? 0] ?? 0;
    const cost = costs[at] ?? 0;
    if (now !== Number.POSITIVE_INFINITY && now > cost) spent -= now - cost;
  }
  if (spent <= 0) return spent;
  let count = 0;
  for (let at = begin; at < end; at += 1) {
    if (price[items[at] ?? 0] !== Number.POSITIVE_INFINITY) continue;
    const cost = costs[at] ?? 0;
    if (count > 0 && cost >= spent / count) break;
    spent += cost;
    count += 1;
  }
  return count === 0 ? Number.POSITIVE_INFINITY : spent / count;
}

const mostRounds = 4;

/** Drops faults that cost more than they save and adds those that save more than they cost, until neither is found. */
function improve(
  offers: FaultCandidates,
  assigned: Int32Array,
  price: Float64Array,
  open: Uint8Array,
  aloneCost: number,
): void {
  const { candidates, items, costs } = offers;
  const byItem = pricesByItem(offers, assigned.length);
  /** The cheapest open candidate of an item, leaving one out; -1 for none. */
  const cheapest = (item: number, without: number): number => {
    let best = -1;
    let least = aloneCost;
    for (let at = byItem.starts[item] ?? 0; at < (byItem.starts[item + 1] ?? 0); at += 1) {
      const cost = byItem.costs[at] ?? 0;
      if (cost >= least) break;
      const owner = byItem.owners[at] ?? 0;
      if (open[owner] !== 1 || owner === without) continue;
      least = cost;
      best = at;
    }
    return best;
  };
  const assignBest = (item: number): void => {
    const at = cheapest(item, -1);
    assigned[item] = at < 0 ? -1 : (byItem.owners[at] ?? -1);
    price[item] = at < 0 ? aloneCost : (byItem.costs[at] ?? aloneCost);
  };
  for (let item = 0; item < assigned.length; item += 1) assignBest(item);
  for (let round = 0; round < mostRounds; round += 1) {
    let changed = false;
    for (let number = 0; number < candidates.length; number += 1) {
      const candidate = candidates[number];
      if (candidate === undefined) continue;
      const { begin, end, fixedCost } = candidate;
      if (open[number] === 1) {
        let extra = 0;
        for (let entry = begin; entry < end && extra < fixedCost; entry += 1) {
          const item = items[entry] ?? 0;
          if (assigned[item] !== number) continue;
          const other = cheapest(item, number);
          extra += (other < 0 ? aloneCost : (byItem.costs[other] ?? aloneCost)) - (price[item] ?? 0);
        }
        if (extra >= fixedCost) continue;
        open[number] = 0;
        changed = true;
        for (let entry = begin; entry < end; entry += 1) {
          const item = items[entry] ?? 0;
          if (assigned[item] === number) assignBest(item);
        }
        continue;
      }
      let saved = 0;
      for (let entry = begin; entry < end; entry += 1) {
        const saving = (price[items[entry] ?? 0] ?? 0) - (costs[entry] ?? 0);
        if (saving > 0) saved += saving;
      }
      if (saved <= fixedCost) continue;
      open[number] = 1;
      changed = true;
      for (let entry = begin; entry < end; entry += 1) {
        const item = items[entry] ?? 0;
        const cost = costs[entry] ?? 0;
        if (cost >= (price[item] ?? 0)) continue;
        price[item] = cost;
        assigned[item] = number;
      }
    }
    if (!changed) break;
  }
}

/** The prices again by item, cheapest first. */
function pricesByItem(
  { candidates, items, costs }: FaultCandidates,
  itemCount: number,
): { starts: Int32Array; owners: Int32Array; costs: Float32Array } {
  const starts = new Int32Array(itemCount + 1);
  for (const item of items) starts[item + 1] = (starts[item + 1] ?? 0) + 1;
  for (let item = 1; item <= itemCount; item += 1) starts[item] = (starts[item] ?? 0) + (starts[item - 1] ?? 0);
  const ends = starts.slice();
  const owners = new Int32Array(items.length);
  const sorted = new Float32Array(items.length);
  candidates.forEach(({ begin, end }, number) => {
    for (let entry = begin; entry < end; entry += 1) {
      const item = items[entry] ?? 0;
      const cost = costs[entry] ?? 0;
      const from = starts[item] ?? 0;
      let slot = ends[item] ?? 0;
      ends[item] = slot + 1;
      while (slot > from && (sorted[slot - 1] ?? 0) > cost) {
        sorted[slot] = sorted[slot - 1] ?? 0;
        owners[slot] = owners[slot - 1] ?? 0;
        slot -= 1;
      }
      sorted[slot] = cost;
      owners[slot] = number;
    }
  });
  return { starts, owners, costs: sorted };
}
