import type { CorrelationTopology } from '../correlation/correlator.ts';
import type { SqliteClient } from '../store/database.ts';
import { createPlaces, type Places } from './places.ts';
import { correlationTopologyOf, readTopology } from './topology-store.ts';

/** What the core looks up of a tenant's entities, held in memory. */
export interface TopologyDirectory {
  /** The type of an entity; null when the topology does not know it. */
  typeOf(tenantId: string, entityId: string): string | null;
  /** The name people know it by; its id when the topology does not know it. */
  nameOf(tenantId: string, entityId: string): string;
  /** Everything that holds an entity, nearest first. */
  holdersOf(tenantId: string, entityId: string): readonly string[];
  /** The site that an entity is in; the entity itself where none is known. */
  siteOf(tenantId: string, entityId: string): string;
  forCorrelation(tenantId: string): CorrelationTopology;
  /** Forgets a tenant's topology, so that it is read again. */
  forget(tenantId: string): void;
}

interface TenantTopology {
  readonly types: ReadonlyMap<string, string>;
  readonly names: ReadonlyMap<string, string>;
  readonly places: Places;
}

export function createTopologyDirectory(client: SqliteClient): TopologyDirectory {
  const tenants = new Map<string, TenantTopology>();
  const of = (tenantId: string): TenantTopology => {
    const known = tenants.get(tenantId);
    if (known !== undefined) return known;
    const { entities, links } = readTopology(client, tenantId);
    const loaded = {
      places: createPlaces({
        entities: entities.map(({ id, entity_type }) => ({ id, entityType: entity_type, geoLat: null, geoLon: null })),
        links,
      }),
      types: new Map(entities.map((entity) => [entity.id, entity.entity_type])),
      names: new Map(entities.map((entity) => [entity.id, entity.name ?? entity.id])),
    };
    tenants.set(tenantId, loaded);
    return loaded;
  };
  return {
    typeOf: (tenantId, entityId) => of(tenantId).types.get(entityId) ?? null,
    nameOf: (tenantId, entityId) => of(tenantId).names.get(entityId) ?? entityId,
    holdersOf: (tenantId, entityId) => of(tenantId).places.holdersOf(entityId),
    siteOf: (tenantId, entityId) => of(tenantId).places.siteOf(entityId),
    forCorrelation: (tenantId) => correlationTopologyOf(client, tenantId),
    forget: (tenantId) => {
      tenants.delete(tenantId);
    },
  };
}
