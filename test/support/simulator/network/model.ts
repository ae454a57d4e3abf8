/** What an entity is to the simulator, whatever word the exported topology uses for it. */
export const roles = [
  'region',
  'site',
  'power',
  'power_hub',
  'router',
  'aggregation',
  'core',
  'microwave',
  'span',
  'olt',
  'customer_area',
  'controller',
  'clock',
  'baseband',
  'sector',
  'cell',
  'service',
  'emergency_service',
] as const;
export type Role = (typeof roles)[number];

export interface SimulatedEntity {
  /** Position in `Network.entities`; all relations are by position. */
  readonly index: number;
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  readonly region: number;
  /** Position of the site that houses it; its own for a site; -1 for regions, spans, services and customer areas. */
  readonly site: number;
  /** Position of the entity that holds it, -1 for none. */
  readonly parent: number;
  readonly lat: number;
  readonly lon: number;
  /** Position in the vendor list of this role. */
  readonly vendor: number;
  /** Minutes from mains failure to dark, for power entities; 0 where there is no battery. */
  readonly batteryMinutes: number;
}

/** A transport connection between two routing nodes. */
export interface TransportEdge {
  readonly index: number;
  readonly a: number;
  readonly b: number;
  /** Microwave terminals at the ends, or -1. */
  readonly terminalA: number;
  readonly terminalB: number;
  /** The entity that stands for the fibre, or -1. */
  readonly span: number;
  /** Number of the ring that it is part of, or -1. */
  readonly ring: number;
}

export const needKinds = ['power', 'feed', 'transport', 'clock', 'control', 'service'] as const;
export type NeedKind = (typeof needKinds)[number];

/** `from` needs `to`. */
export interface Need {
  readonly from: number;
  readonly to: number;
  readonly kind: NeedKind;
}

/** The network as it really is; `exportTopology` tells what the console gets to see of it. */
export interface Network {
  readonly entities: readonly SimulatedEntity[];
  readonly edges: readonly TransportEdge[];
  readonly needs: readonly Need[];
  /** At the position of each routing node its edges and who is at their other end. */
  readonly edgesAt: readonly (readonly { readonly edge: number; readonly other: number }[] | undefined)[];
  readonly cores: readonly number[];
  /** 1 at the position of each routing node that has a path to a core while everything works. */
  readonly connected: Uint8Array;
  /** Positions of the children that each entity holds. */
  readonly children: ReadonlyMap<number, readonly number[]>;
  /** For each supplier, who needs it and for what. */
  readonly neededBy: ReadonlyMap<number, readonly Need[]>;
  readonly byRole: ReadonlyMap<Role, readonly number[]>;
}

/** Roles that carry traffic of others. */
export function isRoutingRole(role: Role): boolean {
  return role === 'router' || role === 'aggregation' || role === 'core';
}

/** The entity at a position that is known to exist. */
export function entityAt(network: Network, index: number): SimulatedEntity {
  const entity = network.entities[index];
  if (entity === undefined) throw new RangeError(`no entity at ${index}`);
  return entity;
}

/** The edge at a position that is known to exist. */
export function edgeAt(network: Network, index: number): TransportEdge {
  const edge = network.edges[index];
  if (edge === undefined) throw new RangeError(`no edge at ${index}`);
  return edge;
}
