import { cutIntoBursts } from '#engine/correlation/bursts.ts';
import { choiceCost, spreadCost, stageCost } from '#engine/correlation/code-length.ts';
import type { Evidence, Weights } from '#engine/correlation/evidence.ts';
import type { EvidenceLists } from '#engine/correlation/evidence-lists.ts';
import { type Influence, reachCount, reaches } from '#engine/correlation/influence.ts';

/** A fault that could have happened: at which entity, when, and what assuming it costs. */
export interface FaultCandidate {
  readonly root: number;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  /** Nats of assuming it at all. */
  readonly fixedCost: number;
  readonly silent: boolean;
  /** Its prices are those from here on, up to the next candidate's. */
  readonly begin: number;
  readonly end: number;
}

/** All candidates with what each piece of evidence would cost under them, in nats, cheapest first. */
export interface FaultCandidates {
  readonly candidates: readonly FaultCandidate[];
  readonly items: Int32Array;
  readonly costs: Float32Array;
}

/** Alike evidence that one root would bring at about one time: positions `from` to `to` of the lists. */
interface Stage {
  readonly from: number;
  readonly to: number;
  readonly startedAt: number;
  /** Cost for the stage as a whole, without its distance from the fault. */
  readonly cost: number;
  /** Whether it is about the root itself. */
  readonly own: boolean;
  /** Whether the root itself says it. */
  readonly heard: boolean;
}

const mostAnchors = 2;
/** Two pieces of evidence do not yet speak for a root that says nothing. */
const leastForSilent = 2;
const anchorGapMs = 60_000;
/** A root that was suspected before at another time may be the same fault still going on. */
const sameRootRelief = 0.5;
const sameRootMs = 3_600_000;

/** Every fault that could explain at least two pieces of evidence, or one about itself. */
export function findCandidates(
  order: readonly Evidence[],
  lists: EvidenceLists,
  influence: Influence,
  weights: Weights,
): FaultCandidates {
  const { items, strains } = lists;
  const entities = numberEntities(order);
  const kinds = Int32Array.from(order, (evidence) => evidence.kind);
  const times = Float64Array.from(order, (evidence) => evidence.startedAt);
  const seen = new Int32Array(order.length);
  let stamp = 0;
  const distinct = (from: number, to: number): number => {
    if (to - from === 1) return 1;
    stamp += 1;
    let count = 0;
    for (let at = from; at < to; at += 1) {
      const entity = entities[items[at] ?? 0] ?? 0;
      if (seen[entity] === stamp) continue;
      seen[entity] = stamp;
      count += 1;
    }
    return count;
  };

  const stagesOfKind = (from: number, to: number, root: number, reach: number, stages: Stage[]): void => {
    const first = order[items[from] ?? 0];
    if (first === undefined) return;
    const certain = reach === reaches.named || (reach === reaches.below && first.entity === root);
    const possible = certain ? 1 : influence.reachable(root * reachCount + reach, first.entityType) * first.share;
    const all = distinct(from, to);
    // A slow fault reaches one after the other: which ones is then told once for all of them.
    const shared = choiceCost(all, Math.max(all, Math.round(possible))) / (to - from);
    const add = (start: number, end: number): void => {
      const hit = start === from && end === to ? all : distinct(start, end);
      const own = hit === 1 && reach === reaches.below && order[items[start] ?? 0]?.entity === root;
      const alone = choiceCost(hit, Math.max(hit, Math.round(possible)));
      const cost = weights.kindCost + (weights.reachCosts[reach] ?? 0) + Math.min(alone, shared * (end - start));
      const heard = own && order[items[start] ?? 0]?.heard === true;
      stages.push({ from: start, to: end, startedAt: times[items[start] ?? 0] ?? 0, cost, own, heard });
    };
    if (to - from === 1) add(from, to);
    else {
      let start = from;
      for (const end of cutIntoBursts(times, items, from, to)) {
        add(start, end);
        start = end;
      }
    }
  };

  const stagesOf = (root: number): Stage[] => {
    const stages: Stage[] = [];
    for (let reach = 0; reach < reachCount; reach += 1) {
      const code = root * reachCount + reach;
      const end = lists.end(code);
      let from = lists.begin(code);
      while (from < end) {
        const kind = kinds[items[from] ?? 0];
        let to = from + 1;
        while (to < end && kinds[items[to] ?? 0] === kind) to += 1;
        stagesOfKind(from, to, root, reach, stages);
        from = to;
      }
    }
    return stages;
  };

  const entryItems: number[] = [];
  const entryCosts: number[] = [];
  const priceUnder = (stages: readonly Stage[], anchor: Stage, silent: boolean): void => {
    entryItems.length = 0;
    entryCosts.length = 0;
    for (const stage of stages) {
      const away = stage === anchor ? 0 : stageCost(stage.startedAt - anchor.startedAt, silent);
      const shared = (stage.cost + away) / (stage.to - stage.from);
      if (shared >= weights.faultCost && !stage.own) continue;
      for (let at = stage.from; at < stage.to; at += 1) {
        const item = items[at] ?? 0;
        // The first is told by the time of the stage.
        const late = at === stage.from ? 0 : spreadCost((times[item] ?? 0) - stage.startedAt);
        let cost = shared + late + (strains[at] ?? 0);
        if (stage.own && stage === anchor) cost = 0;
        else if (stage.own && Math.abs(stage.startedAt - anchor.startedAt) <= sameRootMs) {
          cost = Math.min(cost, weights.faultCost - sameRootRelief);
        }
        if (cost >= weights.faultCost) continue;
        entryItems.push(item);
        entryCosts.push(cost);
      }
    }
  };

  const candidates: FaultCandidate[] = [];
  const pool = createPool();
  for (const root of lists.roots) {
    const stages = stagesOf(root);
    const owns = stages.filter((stage) => stage.own).sort((left, right) => left.startedAt - right.startedAt);
    const silent = !owns.some((stage) => stage.heard);
    if (owns.length === 0 && (sizeOf(stages) < leastForSilent || influence.isPlace(root))) continue;
    for (const anchor of anchorsOf(stages, owns)) {
      priceUnder(stages, anchor, silent);
      if (entryItems.length < (owns.length === 0 ? leastForSilent : 2)) continue;
      const begin = pool.used();
      pool.addSorted(entryItems, entryCosts);
      candidates.push({
        root,
        startedAt: anchor.startedAt,
        silent,
        fixedCost: weights.faultCost + (owns.length === 0 ? weights.silentCost : 0),
        begin,
        end: pool.used(),
      });
    }
  }
  return { candidates, ...pool.prices() };
}

function sizeOf(stages: readonly Stage[]): number {
  let size = 0;
  for (const stage of stages) size += stage.to - stage.from;
  return size;
}

/** Entities of the evidence by small numbers. */
function numberEntities(order: readonly Evidence[]): Int32Array {
  const numbers = new Map<number, number>();
  return Int32Array.from(order, ({ entity }) => {
    let number = numbers.get(entity);
    if (number === undefined) {
      number = numbers.size;
      numbers.set(entity, number);
    }
    return number;
  });
}

/** Stages that may mark the moment of a fault: those of the root itself, and the biggest at different times. */
function anchorsOf(stages: readonly Stage[], owns: readonly Stage[]): Stage[] {
  const few = stages.length < 4;
  const bySize = stages.filter((stage) => few || stage.to - stage.from > 1);
  bySize.sort((left, right) => right.to - right.from - (left.to - left.from));
  const anchors: Stage[] = [];
  for (const stage of [...owns.slice(0, 3), ...bySize]) {
    if (anchors.length >= mostAnchors) break;
    if (anchors.every((anchor) => Math.abs(anchor.startedAt - stage.startedAt) > anchorGapMs)) anchors.push(stage);
  }
  return anchors;
}

/** Growing arrays of prices, so that thousands of candidates do not each need their own. */
function createPool(): {
  used(): number;
  addSorted(items: readonly number[], costs: readonly number[]): void;
  prices(): { items: Int32Array; costs: Float32Array };
} {
  let items = new Int32Array(4096);
  let costs = new Float32Array(4096);
  let used = 0;
  return {
    used: () => used,
    addSorted(newItems, newCosts) {
      const count = newItems.length;
      if (used + count > items.length) {
        const size = Math.max(items.length * 2, used + count);
        const grownItems = new Int32Array(size);
        grownItems.set(items);
        items = grownItems;
        const grownCosts = new Float32Array(size);
        grownCosts.set(costs);
        costs = grownCosts;
      }
      if (count <= 24) {
        for (let at = 0; at < count; at += 1) {
          const cost = newCosts[at] ?? 0;
          let place = used + at;
          while (place > used && (costs[place - 1] ?? 0) > cost) {
            costs[place] = costs[place - 1] ?? 0;
            items[place] = items[place - 1] ?? 0;
            place -= 1;
          }
          costs[place] = cost;
          items[place] = newItems[at] ?? 0;
        }
      } else {
        // One array of numbers sorts fastest: the cost in steps of 1/1024 nat, then the position.
        const keys = new Float64Array(count);
        for (let at = 0; at < count; at += 1) keys[at] = Math.floor((newCosts[at] ?? 0) * 1024) * count + at;
        keys.sort();
        for (let place = 0; place < count; place += 1) {
          const at = (keys[place] ?? 0) % count;
          items[used + place] = newItems[at] ?? 0;
          costs[used + place] = newCosts[at] ?? 0;
        }
      }
      used += count;
    },
    prices: () => ({ items: items.subarray(0, used), costs: costs.subarray(0, used) }),
  };
}
