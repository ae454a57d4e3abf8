import type { Random } from '../random.ts';
import { entityAt, type Network, type SimulatedEntity } from './model.ts';
import { customaryTypes } from './naming.ts';
import type { NetworkStyle } from './styles.ts';

/** The shape of TOPOLOGY.json. */
export interface TopologyFile {
  readonly entities: readonly {
    readonly id: string;
    readonly entity_type: string;
    readonly name: string;
    readonly geo_lat?: number;
    readonly geo_lon?: number;
  }[];
  readonly links: readonly {
    readonly from: string;
    readonly to: string;
    readonly kind: 'contains' | 'connects' | 'depends_on';
  }[];
}

function recordedParent(network: Network, style: NetworkStyle, entity: SimulatedEntity): number {
  if (entity.parent < 0) return -1;
  if (style.containment === 'deep') return entity.parent;
  // The flat inventory knows a site with all its equipment, and areas under their OLT.
  return entity.site >= 0 && entity.role !== 'site' ? entity.site : entityAt(network, entity.index).parent;
}

/** What the inventory knows of the network, in the operator's manner. */
export function exportTopology(network: Network, style: NetworkStyle, random: Random): TopologyFile {
  const links: { from: string; to: string; kind: 'contains' | 'connects' | 'depends_on' }[] = [];
  const id = (index: number): string => entityAt(network, index).id;
  const link = (from: number, to: number, kind: 'contains' | 'connects' | 'depends_on'): void => {
    if (!random.chance(style.missingLinks)) links.push({ from: id(from), to: id(to), kind });
  };
  for (const entity of network.entities) {
    const parent = recordedParent(network, style, entity);
    if (parent >= 0) link(parent, entity.index, 'contains');
    // Without this a flat inventory would not know which baseband makes which cell work.
    if (style.containment === 'flat' && parent !== entity.parent) link(entity.index, entity.parent, 'depends_on');
  }
  for (const edge of network.edges) {
    const between = [edge.terminalA, edge.span, edge.terminalB].filter((index) => index >= 0);
    const path = [edge.a, ...between, edge.b];
    for (const [position, to] of path.entries()) {
      const from = path[position - 1];
      if (from !== undefined) link(from, to, 'connects');
    }
  }
  for (const need of network.needs) {
    const kind = style.recorded[need.kind];
    if (kind !== 'none') link(need.from, need.to, kind);
  }
  const entities = network.entities.map((entity) => ({
    id: entity.id,
    entity_type: style.typeWords[entity.role] ?? customaryTypes[entity.role],
    name: entity.name,
    ...(entity.lat === 0 && entity.lon === 0 ? {} : { geo_lat: entity.lat, geo_lon: entity.lon }),
  }));
  return { entities: random.shuffle(entities), links: random.shuffle(links) };
}
