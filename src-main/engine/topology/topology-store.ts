import { and, eq } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import type { TopologyFile } from '#shared/files/topology-file.ts';
import type { CorrelationTopology } from '../correlation/correlator.ts';
import type { SqliteClient } from '../store/database.ts';
import { entityLinks, networkEntities } from './topology.schema.ts';

export type EntityRow = typeof networkEntities.$inferSelect;

/**
 * Replaces a tenant's topology, inside the caller's transaction. Entities that stay keep their creation time and their
 * KPI samples; entities that go take their samples with them.
 */
export function replaceTopology(client: SqliteClient, tenantId: string, topology: TopologyFile, now: number): void {
  const orm = drizzle(client);
  const keep = new Set(topology.entities.map((entity) => entity.id));
  const stored = orm
    .select({ id: networkEntities.id })
    .from(networkEntities)
    .where(eq(networkEntities.tenantId, tenantId))
    .all();
  for (const { id } of stored) {
    if (!keep.has(id))
      orm
        .delete(networkEntities)
        .where(and(eq(networkEntities.tenantId, tenantId), eq(networkEntities.id, id)))
        .run();
  }
  const upsert = client.prepare(
    `INSERT INTO network_entities (tenant_id, id, entity_type, name, external_id, geo_lat, geo_lon, revenue_weight, sla_tier, created_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET entity_type = excluded.entity_type, name = excluded.name, external_id = excluded.external_id,
       geo_lat = excluded.geo_lat, geo_lon = excluded.geo_lon, revenue_weight = excluded.revenue_weight, sla_tier = excluded.sla_tier`,
  );
  for (const entity of topology.entities)
    upsert.run(
      tenantId,
      entity.id,
      entity.entity_type,
      entity.name ?? entity.id,
      entity.external_id ?? null,
      entity.geo_lat ?? null,
      entity.geo_lon ?? null,
      entity.revenue_weight ?? null,
      entity.sla_tier ?? null,
      now,
    );
  orm.delete(entityLinks).where(eq(entityLinks.tenantId, tenantId)).run();
  const link = client.prepare(
    'INSERT INTO entity_links (tenant_id, from_id, to_id, kind) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING',
  );
  for (const { from, to, kind } of topology.links) link.run(tenantId, from, to, kind);
}

/** A tenant's whole topology, in the form of TOPOLOGY.json. */
export function readTopology(client: SqliteClient, tenantId: string): TopologyFile {
  const orm = drizzle(client);
  const entities = orm
    .select()
    .from(networkEntities)
    .where(eq(networkEntities.tenantId, tenantId))
    .orderBy(networkEntities.id)
    .all();
  const links = orm
    .select()
    .from(entityLinks)
    .where(eq(entityLinks.tenantId, tenantId))
    .orderBy(entityLinks.fromId, entityLinks.toId, entityLinks.kind)
    .all();
  return {
    entities: entities.map((row) => ({
      id: row.id,
      entity_type: row.entityType,
      name: row.name,
      ...(row.externalId === null ? {} : { external_id: row.externalId }),
      ...(row.geoLat === null ? {} : { geo_lat: row.geoLat }),
      ...(row.geoLon === null ? {} : { geo_lon: row.geoLon }),
      ...(row.revenueWeight === null ? {} : { revenue_weight: row.revenueWeight }),
      ...(row.slaTier === null ? {} : { sla_tier: row.slaTier }),
    })),
    links: links.map((row) => ({ from: row.fromId, to: row.toId, kind: row.kind })),
  };
}

/** A tenant's topology as correlation reads it. */
export function correlationTopologyOf(client: SqliteClient, tenantId: string): CorrelationTopology {
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
}
