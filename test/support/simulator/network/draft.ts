import type { Random } from '../random.ts';
import type { Need, NeedKind, Network, Role, SimulatedEntity, TransportEdge } from './model.ts';
import { createNaming } from './naming.ts';
import { reachableNodes } from './reach.ts';
import type { NetworkStyle } from './styles.ts';

interface EntityOptions {
  readonly region: number;
  readonly site?: number;
  readonly parent?: number;
  readonly near?: readonly [number, number];
  readonly batteryMinutes?: number;
}

/** A network under construction. */
export interface NetworkDraft {
  readonly style: NetworkStyle;
  readonly random: Random;
  entity(role: Role, options: EntityOptions): number;
  get(index: number): SimulatedEntity;
  need(from: number, to: number, kind: NeedKind): void;
  /** Connects two routing nodes; decides medium, terminals and fibre entity. */
  edge(a: number, b: number, microwave: boolean, ring?: number): void;
  ofRole(role: Role): readonly number[];
  finish(): Network;
}

/** Number of vendors that share the elements of one role. */
export const vendorsPerRole = 3;

function collect<T>(items: readonly T[], keyOf: (item: T) => number): Map<number, T[]> {
  const map = new Map<number, T[]>();
  for (const item of items) {
    const list = map.get(keyOf(item));
    if (list === undefined) map.set(keyOf(item), [item]);
    else list.push(item);
  }
  return map;
}

export function createDraft(style: NetworkStyle, random: Random): NetworkDraft {
  const entities: SimulatedEntity[] = [];
  const edges: TransportEdge[] = [];
  const needs: Need[] = [];
  const byRole = new Map<Role, number[]>();
  const name = createNaming(style.ids, random.fork('names'));
  const siteNumbers = new Map<number, number>();

  const get = (index: number): SimulatedEntity => {
    const entity = entities[index];
    if (entity === undefined) throw new RangeError(`no entity at ${index}`);
    return entity;
  };

  const add = (role: Role, options: EntityOptions): number => {
    const index = entities.length;
    const site = role === 'site' ? index : (options.site ?? -1);
    if (role === 'site') siteNumbers.set(index, siteNumbers.size + 1);
    const [lat, lon] = options.near ?? (site >= 0 && site < index ? [get(site).lat, get(site).lon] : [0, 0]);
    const id = name(role, options.region, siteNumbers.get(site) ?? -1);
    // An emergency service must be recognisable by its id where the topology does not tell its type.
    const ownId = role === 'emergency_service' ? `EMERGENCY-${id}` : id;
    entities.push({
      index,
      id: ownId,
      name: `${role.replaceAll('_', ' ')} ${ownId}`,
      role,
      region: options.region,
      site,
      parent: options.parent ?? site,
      lat,
      lon,
      // One vendor has won most regions; here and there stands a foreign element.
      vendor: random.chance(0.92)
        ? (options.region + role.length) % 4 === 0
          ? 1
          : 0
        : random.integer(0, vendorsPerRole - 1),
      batteryMinutes: options.batteryMinutes ?? 0,
    });
    const list = byRole.get(role);
    if (list === undefined) byRole.set(role, [index]);
    else list.push(index);
    return index;
  };

  return {
    style,
    random,
    entity: add,
    get,
    need: (from, to, kind) => needs.push({ from, to, kind }),
    edge: (a, b, microwave, ring = -1) => {
      const region = get(a).region;
      const terminalA = microwave ? add('microwave', { region, site: get(a).site }) : -1;
      const terminalB = microwave ? add('microwave', { region, site: get(b).site }) : -1;
      const span =
        !microwave && style.spansAreEntities ? add('span', { region, parent: -1, near: [get(a).lat, get(a).lon] }) : -1;
      edges.push({ index: edges.length, a, b, terminalA, terminalB, span, ring });
    },
    ofRole: (role) => byRole.get(role) ?? [],
    finish: () => {
      const edgesAt: { edge: number; other: number }[][] = [];
      for (const { index, a, b } of edges) {
        edgesAt[a] = [...(edgesAt[a] ?? []), { edge: index, other: b }];
        edgesAt[b] = [...(edgesAt[b] ?? []), { edge: index, other: a }];
      }
      const held = collect(entities, (entity) => entity.parent);
      held.delete(-1);
      const children = new Map(
        [...held].map(([parent, list]) => [
          parent,
          list.filter((child) => child.index !== parent).map((child) => child.index),
        ]),
      );
      const cores = byRole.get('core') ?? [];
      const connected = reachableNodes(entities.length, cores, edgesAt, new Set(), new Set());
      return {
        entities,
        edges,
        needs,
        edgesAt,
        cores,
        connected,
        children,
        neededBy: collect(needs, (need) => need.to),
        byRole,
      };
    },
  };
}
