import { possibleTargets } from './faults/kinds.ts';
import type { FaultHypothesis, FaultKind } from './faults/model.ts';
import { edgeAt, entityAt, type Network } from './network/model.ts';
import type { Random } from './random.ts';

/** A fault that will strike; times in seconds from the start of the recording. */
export interface ScheduledFault extends FaultHypothesis {
  readonly startsAt: number;
  readonly lasts: number;
  /** The failed entity itself says nothing. */
  readonly silent: boolean;
}

type KindWeights = Readonly<Partial<Record<FaultKind, number>>>;

/** How often each kind strikes on an ordinary day. */
export const everydayWeights: KindWeights = {
  site_power: 6,
  node_dead: 4,
  link_cut: 5,
  hop_fault: 3,
  weather: 1,
  mains_area: 1,
  controller_dead: 0.4,
  controller_overload: 0.8,
  clock_lost: 0.8,
  power_hub: 1,
  baseband_fault: 5,
  sector_fault: 6,
  olt_fault: 4,
  flapping_link: 3,
  cooling: 1.5,
};

/** What comes on top in a storm. */
const stormWeights: KindWeights = {
  power_hub: 4,
  mains_area: 3,
  weather: 3,
  node_dead: 5,
  controller_dead: 2,
  clock_lost: 3,
  controller_overload: 1.5,
  link_cut: 3,
  site_power: 3,
  olt_fault: 2,
  baseband_fault: 2,
  flapping_link: 2,
};

/** How often the failed entity itself says nothing. */
export const silentShare: KindWeights = {
  node_dead: 0.5,
  controller_dead: 0.4,
  clock_lost: 0.3,
  power_hub: 0.4,
  site_power: 0.12,
  baseband_fault: 0.15,
  olt_fault: 0.3,
  hop_fault: 0.2,
  cooling: 0.15,
};

export interface Scheduler {
  /** A fault of a kind drawn from the weights; null where this network has no target for it. */
  draw(weights: KindWeights, startsAt: number): ScheduledFault | null;
  /** A fault of the same kind in the same second somewhere else. */
  twin(fault: ScheduledFault): ScheduledFault | null;
  /** Two cuts of one ring, the second some minutes after the first. */
  doubleCut(startsAt: number): ScheduledFault[];
}

export function createScheduler(network: Network, random: Random): Scheduler {
  const targets = new Map<FaultKind, readonly number[]>();
  const targetsOf = (kind: FaultKind): readonly number[] => {
    const known = targets.get(kind) ?? possibleTargets(network, kind);
    targets.set(kind, known);
    return known;
  };
  const regionOf = (kind: FaultKind, target: number): number =>
    kind === 'link_cut' || kind === 'flapping_link'
      ? entityAt(network, edgeAt(network, target).a).region
      : entityAt(network, target).region;
  const strike = (kind: FaultKind, target: number, startsAt: number): ScheduledFault => ({
    kind,
    target,
    startsAt,
    lasts: random.between(900, 7200),
    silent: random.chance(silentShare[kind] ?? 0),
  });

  return {
    draw: (weights, startsAt) => {
      const kind = random.weighted(weights);
      const possible = targetsOf(kind);
      return possible.length === 0 ? null : strike(kind, random.pick(possible), startsAt);
    },
    twin: (fault) => {
      const home = regionOf(fault.kind, fault.target);
      const elsewhere = targetsOf(fault.kind).filter((target) => regionOf(fault.kind, target) !== home);
      return elsewhere.length === 0 ? null : strike(fault.kind, random.pick(elsewhere), fault.startsAt);
    },
    doubleCut: (startsAt) => {
      const first = random.pick(network.edges);
      const ring = network.edges.filter((edge) => edge.ring === first.ring && edge.index !== first.index);
      if (first.ring < 0 || ring.length === 0) return [];
      const second = random.pick(ring);
      return [
        strike('link_cut', first.index, startsAt),
        strike('link_cut', second.index, startsAt + random.between(20, 300)),
      ];
    },
  };
}

function present(faults: readonly (ScheduledFault | null)[]): ScheduledFault[] {
  return faults.filter((fault) => fault !== null).sort((left, right) => left.startsAt - right.startsAt);
}

/** Faults spread over hours; now and then two things at once. */
export function scheduleEveryday(
  scheduler: Scheduler,
  random: Random,
  options: { readonly seconds: number; readonly faults: number; readonly coincidence: number },
): ScheduledFault[] {
  const faults: (ScheduledFault | null)[] = [];
  while (faults.length < options.faults) {
    const startsAt = random.between(0, options.seconds);
    const fault = scheduler.draw(everydayWeights, startsAt);
    faults.push(fault);
    if (fault !== null && random.chance(options.coincidence)) faults.push(scheduler.twin(fault));
    if (random.chance(options.coincidence))
      faults.push(scheduler.draw(everydayWeights, startsAt + random.between(5, 120)));
    if (random.chance(options.coincidence * 0.3)) faults.push(...scheduler.doubleCut(startsAt));
  }
  return present(faults);
}

/** Leaves out what would strike the same thing a second time: in ten minutes nothing fails twice. */
function onceEach(faults: readonly (ScheduledFault | null)[]): ScheduledFault[] {
  const struck = new Set<number>();
  return present(faults).filter((fault) => {
    const onEdge = fault.kind === 'link_cut' || fault.kind === 'flapping_link';
    const key = onEdge ? -1 - fault.target : fault.target;
    if (struck.has(key)) return false;
    struck.add(key);
    return true;
  });
}

/** What makes a storm a storm; struck in pairs that speak the same words in the same second. */
const bigKinds: readonly FaultKind[] = [
  'controller_dead',
  'power_hub',
  'clock_lost',
  'power_hub',
  'weather',
  'power_hub',
];

/**
 * More than twenty faults that overlap within ten minutes, after slow ones that began before.
 * `pairs`: how many pairs of big ones.
 */
export function scheduleStorm(scheduler: Scheduler, random: Random, stormAt: number, pairs: number): ScheduledFault[] {
  const result: (ScheduledFault | null)[] = [];
  for (let slow = 0; slow < 5; slow++) {
    const weights = { site_power: 3, cooling: 1, power_hub: 1 };
    result.push(scheduler.draw(weights, stormAt - random.between(300, 2100)));
  }
  for (let pair = 0; pair < pairs; pair++) {
    const kind = bigKinds[pair % bigKinds.length] ?? 'power_hub';
    const big = scheduler.draw({ [kind]: 1 }, stormAt + random.between(0, 240));
    result.push(big);
    if (big !== null) result.push(scheduler.twin(big));
  }
  for (let ordinary = random.integer(18, 26); ordinary > 0; ordinary--) {
    const fault = scheduler.draw(stormWeights, stormAt + random.between(0, 480));
    result.push(fault);
    if (fault !== null && random.chance(0.4)) result.push(scheduler.twin(fault));
    if (random.chance(0.06)) result.push(...scheduler.doubleCut(stormAt + random.between(0, 240)));
  }
  return onceEach(result);
}
