import type { TransportEdge } from '../network/model.ts';

/** What an element says is wrong, before a vendor puts its own code on it. */
export const symptoms = [
  'mains_fail',
  'rectifier',
  'battery_low',
  'unreachable',
  'signal_lost',
  'protocol_down',
  'level_low',
  'hop_down',
  'supply_low',
  'board_fault',
  'high_temperature',
  'environment',
  'control_lost',
  'sync_lost',
  'reference_lost',
  'out_of_service',
  'degraded',
  'radio_fault',
  'uplink_down',
  'area_down',
  'service_down',
  'overload',
] as const;
export type Symptom = (typeof symptoms)[number];

export const faultKinds = [
  'site_power',
  'power_hub',
  'node_dead',
  'link_cut',
  'hop_fault',
  'weather',
  'mains_area',
  'controller_dead',
  'controller_overload',
  'clock_lost',
  'baseband_fault',
  'sector_fault',
  'olt_fault',
  'flapping_link',
  'cooling',
] as const;
export type FaultKind = (typeof faultKinds)[number];

/** One fault that could be: `target` is an edge for `link_cut` and `flapping_link`, else an entity. */
export interface FaultHypothesis {
  readonly kind: FaultKind;
  readonly target: number;
}

/** One alarm that a fault is expected to bring, times in seconds after the fault. */
export interface Effect {
  readonly entity: number;
  readonly symptom: Symptom;
  readonly detail: string;
  readonly delay: number;
  /** Standard deviation of the delay. */
  readonly spread: number;
  readonly probability: number;
  /** How often the alarm comes and goes; 1 for a plain alarm. */
  readonly copies: number;
  /** Seconds between the copies. */
  readonly period: number;
}

/** Everything that follows from a fault in the state in which it meets the network. */
export interface FaultPlan {
  /** Entities that an engineer would accept as the root. */
  readonly roots: readonly number[];
  readonly effects: readonly Effect[];
  /** Transport that is gone from `delay` seconds after the fault on. */
  readonly outages: readonly { readonly node: number; readonly edge: number; readonly delay: number }[];
}

/** Transport that other faults have already taken. */
export interface TransportState {
  readonly deadNodes: ReadonlySet<number>;
  readonly deadEdges: ReadonlySet<number>;
}

export const healthyTransport: TransportState = { deadNodes: new Set(), deadEdges: new Set() };

/** Kilometre-free radius of weather and of an area outage, in degrees. */
export const weatherRadius = 0.12;
export const areaRadius = 0.07;

/** The port that an edge occupies at its ends, as alarms name it. */
export function portName(edge: TransportEdge): string {
  return `port ${1 + (edge.index % 48)}/${edge.index}`;
}
