import type { TopologyEntity, TopologyFile } from '#shared/files/topology-file.ts';
import { isEmergencyEntity } from '#shared/vocabulary/identifiers.ts';

/** What the rules need of a network. */
export interface ImpactTopology {
  readonly entities: ReadonlyMap<string, TopologyEntity>;
  /** What needs an entity in order to work. */
  readonly dependents: ReadonlyMap<string, readonly string[]>;
  /** What an entity needs, grouped by type: entities of one type stand in for each other. */
  readonly needs: ReadonlyMap<string, ReadonlyMap<string, readonly string[]>>;
  /** What an entity physically holds. */
  readonly holds: ReadonlyMap<string, readonly string[]>;
}

/** `lost`: cannot work. `at_risk`: works, but one of those that stand in for each other is gone. */
export type Harm = 'lost' | 'at_risk';

export interface HarmedEntity {
  readonly entityId: string;
  readonly harm: Harm;
  /** In words: what it needs that is gone. */
  readonly because: string;
}

export function impactTopologyOf({ entities, links }: TopologyFile): ImpactTopology {
  const byId = new Map(entities.map((entity) => [entity.id, entity]));
  const dependents = new Map<string, string[]>();
  const holds = new Map<string, string[]>();
  const needs = new Map<string, Map<string, string[]>>();
  for (const { from, to, kind } of links) {
    if (kind === 'contains') append(holds, from, to);
    if (kind !== 'depends_on') continue;
    append(dependents, to, from);
    const groups = needs.get(from) ?? new Map<string, string[]>();
    // An entity that the topology does not know stands in for nothing.
    append(groups, byId.get(to)?.entity_type ?? `?${to}`, to);
    needs.set(from, groups);
  }
  return { entities: byId, dependents, needs, holds };
}

function append(lists: Map<string, string[]>, key: string, value: string): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}

/**
 * Follows the loss of some entities through what depends on them. An entity is lost when all that it needs of one type are lost, or
 * what holds it is; it is at risk when some of them are. Circles end where nothing new is lost.
 */
export function harmOf(topology: ImpactTopology, lostFirst: Iterable<string>): Map<string, HarmedEntity> {
  const harmed = new Map<string, HarmedEntity>();
  const queue: string[] = [];
  const lose = (entityId: string, because: string): void => {
    if (harmed.get(entityId)?.harm === 'lost') return;
    harmed.set(entityId, { entityId, harm: 'lost', because });
    queue.push(entityId);
  };
  for (const entityId of lostFirst) lose(entityId, 'has a critical or major alarm, or is the likely cause');
  for (let entityId = queue.shift(); entityId !== undefined; entityId = queue.shift()) {
    for (const held of topology.holds.get(entityId) ?? []) lose(held, `stands in ${entityId}, which is lost`);
    for (const dependent of topology.dependents.get(entityId) ?? []) {
      if (harmed.get(dependent)?.harm === 'lost') continue;
      for (const [type, group] of topology.needs.get(dependent) ?? []) {
        const lost = group.filter((one) => harmed.get(one)?.harm === 'lost');
        if (lost.length === 0) continue;
        if (lost.length === group.length) {
          lose(dependent, `needs ${lost.join(' and ')}, which ${lost.length === 1 ? 'is' : 'are'} lost`);
          break;
        }
        const because = `${lost.length} of ${group.length} × ${type} that it needs are lost: ${lost.join(', ')}`;
        harmed.set(dependent, { entityId: dependent, harm: 'at_risk', because });
      }
    }
  }
  return harmed;
}

/** What counts as a service to people: SERVICE, EMERGENCY_SERVICE, CUSTOMER_AREA. */
export function isService(entityId: string, entity: TopologyEntity | undefined): boolean {
  return (
    isEmergencyEntity(entityId, entity?.entity_type ?? null) ||
    entity?.entity_type === 'SERVICE' ||
    entity?.entity_type === 'CUSTOMER_AREA'
  );
}
