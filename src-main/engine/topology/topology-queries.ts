import { and, eq } from 'drizzle-orm';
import type { Entity } from '#shared/api/topology.ts';
import { toTimestamp } from '#shared/vocabulary/time.ts';
import type { ReadUnit } from '../store/database.ts';
import { networkEntities } from './topology.schema.ts';

/** One managed object of a tenant. */
export function findEntity(unit: ReadUnit, tenantId: string, entityId: string): Entity | null {
  const row = unit.orm
    .select()
    .from(networkEntities)
    .where(and(eq(networkEntities.tenantId, tenantId), eq(networkEntities.id, entityId)))
    .get();
  if (row === undefined) return null;
  return {
    entity_id: row.id,
    tenant_id: row.tenantId,
    entity_type: row.entityType,
    name: row.name,
    external_id: row.externalId,
    geo_lat: row.geoLat,
    geo_lon: row.geoLon,
    revenue_weight: row.revenueWeight,
    sla_tier: row.slaTier,
    embedding_provider: row.embeddingProvider,
    embedding_model: row.embeddingModel,
    last_seen_at: row.lastSeenAt === null ? null : toTimestamp(row.lastSeenAt),
    created_at: toTimestamp(row.createdAt),
  };
}
