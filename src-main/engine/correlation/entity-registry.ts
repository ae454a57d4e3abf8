import { buildTopologyIndex, type TopologyIndex } from '#engine/correlation/topology-index.ts';
import { isEmergencyEntity } from '#shared/vocabulary/identifiers.ts';

/**
 * Numbers for all entities that alarms name: those of the topology first, then, for as long as they have alarms, those
 * that the topology does not know.
 */
export interface EntityRegistry {
  readonly topology: TopologyIndex;
  /** The entity's number, given out on first sight. */
  acquire(id: string): number;
  /** Undoes one `acquire`; an unknown entity without any is forgotten. */
  release(number: number): void;
  idOf(number: number): string;
  isEmergency(id: string): boolean;
}

export function createEntityRegistry(topology: TopologyIndex): EntityRegistry {
  const unknown = new Map<string, number>();
  const names = new Map<number, { readonly id: string; uses: number }>();
  const free: number[] = [];
  let next = topology.count;

  return {
    topology,
    acquire(id) {
      const known = topology.indexOf(id);
      if (known !== undefined) return known;
      let number = unknown.get(id);
      if (number === undefined) {
        number = free.pop() ?? next++;
        unknown.set(id, number);
        names.set(number, { id, uses: 0 });
      }
      const entry = names.get(number);
      if (entry !== undefined) entry.uses += 1;
      return number;
    },
    release(number) {
      const entry = names.get(number);
      if (entry === undefined) return;
      entry.uses -= 1;
      if (entry.uses > 0) return;
      names.delete(number);
      unknown.delete(entry.id);
      free.push(number);
    },
    idOf: (number) => topology.ids[number] ?? names.get(number)?.id ?? '',
    isEmergency(id) {
      const number = topology.indexOf(id);
      const type = number === undefined ? null : (topology.typeNames[topology.types[number] ?? 0] ?? '');
      return isEmergencyEntity(id, type === '' ? null : type);
    },
  };
}

export const emptyTopology: TopologyIndex = buildTopologyIndex({ entities: [], links: [] });
