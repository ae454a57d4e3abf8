import { edgeAt, entityAt, type Network, type Role, type SimulatedEntity } from '../network/model.ts';
import { type Consequences, createConsequences } from './consequences.ts';
import {
  areaRadius,
  type FaultHypothesis,
  type FaultKind,
  type FaultPlan,
  portName,
  type TransportState,
  weatherRadius,
} from './model.ts';

type Plan = (network: Network, target: number, happening: Consequences) => readonly number[];

function within(network: Network, role: Role, centre: SimulatedEntity, radius: number): number[] {
  return (network.byRole.get(role) ?? []).filter((index) => {
    const entity = entityAt(network, index);
    return Math.hypot(entity.lat - centre.lat, entity.lon - centre.lon) < radius;
  });
}

function suppliersOf(network: Network, kind: string, supplier: number): number[] {
  return (network.neededBy.get(supplier) ?? []).filter((need) => need.kind === kind).map((need) => need.from);
}

/** A stable number in [0, 1) for a pair: the same area outage reaches the same site after the same time. */
function pairFraction(left: number, right: number): number {
  const mixed = Math.imul(left * 31 + right, 0x9e3779b1) >>> 8;
  return mixed / 0x1000000;
}

/** Mains lost at one site: first the alarm, then the battery, then the dark. */
function losePower(network: Network, power: number, happening: Consequences, start: number, ownAlarm: number): void {
  const minutes = entityAt(network, power).batteryMinutes;
  happening.raise(power, 'mains_fail', { delay: start + 3, spread: 1, probability: ownAlarm });
  happening.raise(power, 'rectifier', { delay: start + 8, spread: 2, probability: ownAlarm * 0.4 });
  for (const baseband of suppliersOf(network, 'power', power)) {
    if (entityAt(network, baseband).role !== 'baseband') continue;
    happening.raise(baseband, 'supply_low', { delay: start + 12, spread: 3, probability: minutes > 0 ? 0.35 : 0.15 });
  }
  if (minutes > 0)
    happening.raise(power, 'battery_low', { delay: start + minutes * 36, spread: 15, probability: ownAlarm * 0.85 });
  happening.darkSite(power, start + minutes * 60 + 2);
}

function edgeRoots(network: Network, index: number): number[] {
  const edge = edgeAt(network, index);
  return [edge.span, edge.a, edge.b, edge.terminalA, edge.terminalB];
}

const plans: Readonly<Record<FaultKind, Plan>> = {
  site_power: (network, power, happening) => {
    losePower(network, power, happening, 0, 0.92);
    return [power, entityAt(network, power).site];
  },
  power_hub: (network, hub, happening) => {
    happening.raise(hub, 'mains_fail', { delay: 1, spread: 0.3, probability: 0.9 });
    for (const power of suppliersOf(network, 'feed', hub))
      losePower(network, power, happening, 4 + 26 * pairFraction(hub, power), 0.85);
    return [hub];
  },
  mains_area: (network, site, happening) => {
    const powers = within(network, 'power', entityAt(network, site), areaRadius);
    for (const power of powers) losePower(network, power, happening, 40 * pairFraction(site, power), 0.9);
    return [...powers, ...powers.map((power) => entityAt(network, power).site), entityAt(network, site).parent];
  },
  node_dead: (network, node, happening) => {
    happening.loseTransport([node], [], 0);
    for (const hanging of suppliersOf(network, 'transport', node)) {
      happening.raise(hanging, 'control_lost', { delay: 9, spread: 3, probability: 0.7 });
      happening.raise(hanging, 'uplink_down', { delay: 3, spread: 1, probability: 0.3 });
      happening.loseContents(hanging, 2, 0.7);
    }
    return [node];
  },
  link_cut: (network, edge, happening) => {
    happening.loseTransport([], [edge], 0);
    return edgeRoots(network, edge);
  },
  hop_fault: (network, terminal, happening) => {
    const edge = network.edges.find(
      (candidate) => candidate.terminalA === terminal || candidate.terminalB === terminal,
    );
    happening.raise(terminal, 'board_fault', { delay: 0.5, spread: 0.2, probability: 0.8 });
    if (edge === undefined) return [terminal];
    happening.loseTransport([], [edge.index], 1);
    return [terminal];
  },
  weather: (network, site, happening) => {
    const hops = new Set(within(network, 'microwave', entityAt(network, site), weatherRadius));
    const roots: number[] = [entityAt(network, site).parent];
    for (const edge of network.edges) {
      if (!hops.has(edge.terminalA) && !hops.has(edge.terminalB)) continue;
      const start = 500 * pairFraction(site, edge.index);
      roots.push(edge.terminalA, edge.terminalB);
      for (const terminal of [edge.terminalA, edge.terminalB]) {
        happening.raise(terminal, 'level_low', {
          delay: start,
          spread: 20,
          probability: 0.85,
          copies: edge.index % 3 === 0 ? 3 : 1,
          period: 90,
        });
      }
      if (pairFraction(edge.index, site) < 0.35) happening.loseTransport([], [edge.index], start + 120);
    }
    return roots;
  },
  controller_dead: (network, controller, happening) => {
    happening.raise(controller, 'board_fault', { delay: 0.5, spread: 0.2, probability: 0.7 });
    for (const baseband of suppliersOf(network, 'control', controller)) {
      const start = 2 + 40 * pairFraction(controller, baseband);
      happening.raise(baseband, 'control_lost', { delay: start, spread: 2, probability: 0.8 });
      happening.loseContents(baseband, start, 0.45);
    }
    return [controller];
  },
  controller_overload: (network, controller, happening) => {
    happening.raise(controller, 'overload', { delay: 0, spread: 0.1, probability: 0.9 });
    for (const baseband of suppliersOf(network, 'control', controller)) {
      if (pairFraction(controller + 7, baseband) > 0.4) continue;
      happening.raise(baseband, 'degraded', {
        delay: 30 + 500 * pairFraction(baseband, controller),
        spread: 15,
        probability: 0.7,
      });
    }
    return [controller];
  },
  clock_lost: (network, clock, happening) => {
    happening.raise(clock, 'reference_lost', { delay: 0.5, spread: 0.1, probability: 0.85 });
    for (const baseband of suppliersOf(network, 'clock', clock)) {
      // Holdover: each unit keeps time for a while by itself.
      happening.raise(baseband, 'sync_lost', {
        delay: 20 + 340 * pairFraction(clock, baseband),
        spread: 10,
        probability: 0.75,
      });
    }
    return [clock];
  },
  baseband_fault: (_network, baseband, happening) => {
    happening.raise(baseband, 'board_fault', { delay: 0.5, spread: 0.2, probability: 0.9 });
    happening.loseContents(baseband, 1, 0.85);
    return [baseband];
  },
  sector_fault: (network, sector, happening) => {
    happening.raise(sector, 'radio_fault', { delay: 0.5, spread: 0.2, probability: 0.95 });
    for (const cell of network.children.get(sector) ?? []) {
      happening.raise(cell, 'degraded', { delay: 12, spread: 4, probability: 0.7 });
    }
    return [sector];
  },
  olt_fault: (_network, olt, happening) => {
    happening.raise(olt, 'board_fault', { delay: 0.5, spread: 0.2, probability: 0.8 });
    happening.raise(olt, 'uplink_down', { delay: 2, spread: 0.5, probability: 0.5 });
    happening.loseContents(olt, 1, 0.8);
    return [olt];
  },
  flapping_link: (network, index, happening) => {
    const edge = edgeAt(network, index);
    const copies = 4 + (index % 12);
    for (const [end, far, terminal] of [
      [edge.a, edge.b, edge.terminalA],
      [edge.b, edge.a, edge.terminalB],
    ] as const) {
      if (terminal >= 0)
        happening.raise(terminal, 'hop_down', { delay: 0.5, spread: 0.2, probability: 0.7, copies, period: 35 });
      happening.raise(
        end,
        'signal_lost',
        { delay: 1, spread: 0.4, probability: 0.95, copies, period: 35 },
        portName(edge),
      );
      happening.raise(
        end,
        'protocol_down',
        { delay: 5, spread: 1, probability: 0.7, copies, period: 35 },
        `peer ${entityAt(network, far).id}`,
      );
    }
    return edgeRoots(network, index);
  },
  cooling: (network, site, happening) => {
    happening.raise(site, 'environment', { delay: 0.5, spread: 0.1, probability: 0.9 });
    const equipment = network.entities.filter(
      (entity) => entity.site === site && ['router', 'baseband', 'olt', 'power'].includes(entity.role),
    );
    for (const entity of equipment) {
      const start = 240 + 900 * pairFraction(site, entity.index);
      happening.raise(entity.index, 'high_temperature', { delay: start, spread: 30, probability: 0.85 });
    }
    for (const entity of equipment) {
      if (entity.role !== 'baseband') continue;
      happening.raise(entity.index, 'board_fault', { delay: 1500, spread: 60, probability: 0.6 });
      happening.loseContents(entity.index, 1560, 0.6);
    }
    return [site];
  },
};

/** What a fault brings when it meets the network in this state. */
export function planFault(network: Network, fault: FaultHypothesis, state: TransportState): FaultPlan {
  const happening = createConsequences(network, state);
  return happening.plan(plans[fault.kind](network, fault.target, happening));
}

const targetRoles: Readonly<Record<FaultKind, readonly Role[] | 'edge'>> = {
  site_power: ['power'],
  power_hub: ['power_hub'],
  node_dead: ['router', 'aggregation'],
  link_cut: 'edge',
  hop_fault: ['microwave'],
  weather: ['site'],
  mains_area: ['site'],
  controller_dead: ['controller'],
  controller_overload: ['controller'],
  clock_lost: ['clock'],
  baseband_fault: ['baseband'],
  sector_fault: ['sector'],
  olt_fault: ['olt'],
  flapping_link: 'edge',
  cooling: ['site'],
};

/** Every target that a kind of fault can strike in this network. */
export function possibleTargets(network: Network, kind: FaultKind): readonly number[] {
  const wanted = targetRoles[kind];
  if (wanted === 'edge') return network.edges.map((edge) => edge.index);
  const targets = wanted.flatMap((role) => network.byRole.get(role) ?? []);
  if (kind !== 'mains_area' && kind !== 'weather') return targets;
  // Weather needs hops to strike, an area outage more than one site.
  const role = kind === 'weather' ? 'microwave' : 'power';
  const radius = kind === 'weather' ? weatherRadius : areaRadius;
  const least = kind === 'weather' ? 6 : 3;
  return targets.filter((site) => within(network, role, entityAt(network, site), radius).length >= least);
}
