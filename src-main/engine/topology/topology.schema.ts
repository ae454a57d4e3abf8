import { index, integer, primaryKey, real, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { LinkKind } from '#shared/files/topology-file.ts';
import type { SlaTier } from '#shared/vocabulary/sla-tier.ts';

/** Managed objects of a tenant. */
export const networkEntities = sqliteTable(
  'network_entities',
  {
    id: text('id').notNull(),
    tenantId: text('tenant_id').notNull(),
    entityType: text('entity_type').notNull(),
    name: text('name').notNull(),
    externalId: text('external_id'),
    /** Degrees, WGS 84. */
    geoLat: real('geo_lat'),
    geoLon: real('geo_lon'),
    revenueWeight: real('revenue_weight'),
    slaTier: text('sla_tier').$type<SlaTier>(),
    embeddingProvider: text('embedding_provider'),
    embeddingModel: text('embedding_model'),
    lastSeenAt: integer('last_seen_at'),
    createdAt: integer('created_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    index('network_entities_type').on(table.tenantId, table.entityType),
    index('network_entities_external').on(table.externalId, table.tenantId),
  ],
);

/** Relations between entities. Ends that the topology does not know are kept: they may arrive later. */
export const entityLinks = sqliteTable(
  'entity_links',
  {
    tenantId: text('tenant_id').notNull(),
    fromId: text('from_id').notNull(),
    toId: text('to_id').notNull(),
    kind: text('kind').$type<LinkKind>().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.fromId, table.toId, table.kind] }),
    index('entity_links_to').on(table.tenantId, table.toId),
  ],
);
