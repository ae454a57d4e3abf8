import type { CorrelationTopology } from '../correlation/correlator.ts';
import type { SqliteClient } from '../store/database.ts';
import { readTopology } from './topology-store.ts';

/** What the core looks up of a tenant's entities, held in memory. */
export interface TopologyDirectory {
  /** The type of an entity; null when the topology does not know it. */
  typeOf(tenantId: string, entityId: string): string | null;
  /** The name people know it by; its id when the topology does not know it. */
  nameOf(tenantId: string, entityId: string): string;
  forCorrelation(tenantId: string): CorrelationTopology;
  /** Forgets a tenant's topology, so that it is read again. */
  forget(tenantId: string): void;
}

interface TenantTopology {
  readonly types: ReadonlyMap<string, string>;
  readonly names: ReadonlyMap<string, string>;
}

export function createTopologyDirectory(client: SqliteClient): TopologyDirectory {
  const tenants = new Map<string, TenantTopology>();
  const of = (tenantId: string): TenantTopology => {
    const known = tenants.get(tenantId);
    if (known !== undefined) return known;
    const { entities } = readTopology(client, tenantId);
    const loaded = {
      types: new Map(entities.map((entity) => [entity.id, entity.entity_type])),
      names: new Map(entities.map((entity) => [entity.id, entity.name ?? entity.id])),
    };
    tenants.set(tenantId, loaded);
    return loaded;
  };
  return {
    typeOf: (tenantId, entityId) => of(tenantId).types.get(entityId) ?? null,
    nameOf: (tenantId, entityId) => of(tenantId).names.get(entityId) ?? entityId,
    forCorrelation(tenantId) {
      const { entities, links } = readTopology(client, tenantId);
      return {
        entities: entities.map((entity) => ({
          id: entity.id,
          entityType: entity.entity_type,
          geoLat: entity.geo_lat ?? null,
          geoLon: entity.geo_lon ?? null,
        })),
        links,
      };
    },
    forget: (tenantId) => {
      tenants.delete(tenantId);
    },
  };
}
