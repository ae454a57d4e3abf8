import type { Evidence } from '#engine/correlation/evidence.ts';
import { reachCount, reaches } from '#engine/correlation/influence.ts';

/** For every possible cause, the evidence that it could have brought. */
export interface EvidenceLists {
  /** Causes, in ascending order of entity; those that could explain less than two pieces are left out. */
  readonly roots: readonly number[];
  /** Where the list of `code` begins and ends in `items` and `strains`; empty where there is none. */
  begin(code: number): number;
  end(code: number): number;
  readonly items: Int32Array;
  readonly strains: Float32Array;
}

/** Sorts the evidence under its possible causes, keeping its order, in time linear in the number of pairs. */
export function listEvidence(order: readonly Evidence[]): EvidenceLists {
  let highest = 0;
  let pairs = 0;
  for (const { causes, entity } of order) {
    pairs += causes.codes.length;
    if (entity > highest) highest = entity;
    for (let at = 0; at < causes.codes.length; at += 1) {
      const root = Math.floor((causes.codes[at] ?? 0) / reachCount);
      if (root > highest) highest = root;
    }
  }
  // Weak ties count only for causes that something else points to.
  const pointedTo = new Uint8Array(highest + 1);
  for (const { causes } of order) {
    for (let at = 0; at < causes.codes.length; at += 1) {
      const code = causes.codes[at] ?? 0;
      if (!isWeak(code)) pointedTo[Math.floor(code / reachCount)] = 1;
    }
  }
  const counts = (code: number): boolean => !isWeak(code) || pointedTo[Math.floor(code / reachCount)] === 1;
  const starts = new Int32Array((highest + 1) * reachCount + 1);
  for (const { causes } of order) {
    for (let at = 0; at < causes.codes.length; at += 1) {
      const code = causes.codes[at] ?? 0;
      if (counts(code)) starts[code + 1] = (starts[code + 1] ?? 0) + 1;
    }
  }
  for (let code = 1; code < starts.length; code += 1) starts[code] = (starts[code] ?? 0) + (starts[code - 1] ?? 0);
  const ends = starts.slice();
  const items = new Int32Array(pairs);
  const strains = new Float32Array(pairs);
  for (let item = 0; item < order.length; item += 1) {
    const causes = order[item]?.causes;
    if (causes === undefined) continue;
    for (let at = 0; at < causes.codes.length; at += 1) {
      const code = causes.codes[at] ?? 0;
      if (!counts(code)) continue;
      const slot = ends[code] ?? 0;
      // One piece may name a cause twice; once is enough.
      if (slot > (starts[code] ?? 0) && items[slot - 1] === item) continue;
      items[slot] = item;
      strains[slot] = causes.strain[at] ?? 0;
      ends[code] = slot + 1;
    }
  }
  const roots: number[] = [];
  for (let root = 0; root <= highest; root += 1) {
    let count = 0;
    for (let code = root * reachCount; code < (root + 1) * reachCount; code += 1) {
      count += (ends[code] ?? 0) - (starts[code] ?? 0);
    }
    if (count >= 2) roots.push(root);
  }
  return { roots, begin: (code) => starts[code] ?? 0, end: (code) => ends[code] ?? 0, items, strains };
}

function isWeak(code: number): boolean {
  const reach = code % reachCount;
  return reach === reaches.around || reach === reaches.behind || reach === reaches.housed;
}
