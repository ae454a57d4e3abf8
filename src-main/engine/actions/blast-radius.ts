import { z } from 'zod';
import { isEmergencyEntity } from '#shared/vocabulary/identifiers.ts';
import { slaTiers } from '#shared/vocabulary/sla-tier.ts';
import type { PolicyFacts } from '../policies/policy-facts.ts';
import type { ReadUnit } from '../store/database.ts';

/** Far more than any remedy may touch; the walk stops here. */
const reachMax = 5_000;

const reachedSchema = z.array(
  z.object({
    id: z.string(),
    entity_type: z.string().nullable(),
    revenue_weight: z.number().nullable(),
    sla_tier: z.string().nullable(),
  }),
);
const ancestorSchema = z.array(z.object({ id: z.string(), entity_type: z.string().nullable() }));

/** Whoever an entity holds (`contains`), and whoever needs one of those (`depends_on`), on and on. */
const reachSql = `
  WITH RECURSIVE reached(id) AS (
    SELECT @entity
    UNION
    SELECT CASE link.kind WHEN 'contains' THEN link.to_id ELSE link.from_id END
    FROM reached JOIN entity_links link ON link.tenant_id = @tenant
      AND ((link.kind = 'contains' AND link.from_id = reached.id) OR (link.kind = 'depends_on' AND link.to_id = reached.id))
    LIMIT ${reachMax}
  )
  SELECT reached.id, entity.entity_type, entity.revenue_weight, entity.sla_tier
  FROM reached LEFT JOIN network_entities entity ON entity.tenant_id = @tenant AND entity.id = reached.id`;

const ancestorsSql = `
  WITH RECURSIVE above(id, depth) AS (
    SELECT @entity, 0
    UNION
    SELECT link.from_id, above.depth + 1
    FROM above JOIN entity_links link ON link.tenant_id = @tenant AND link.kind = 'contains' AND link.to_id = above.id
    WHERE above.depth < 16
    LIMIT 64
  )
  SELECT above.id, entity.entity_type
  FROM above LEFT JOIN network_entities entity ON entity.tenant_id = @tenant AND entity.id = above.id ORDER BY above.depth`;

/** Who feels it when an entity is out of service for a moment; `interrupts` false counts the entity alone. */
export function blastRadius(
  unit: ReadUnit,
  tenantId: string,
  entityId: string,
  interrupts: boolean,
): PolicyFacts['blast'] {
  const all = reachedSchema.parse(unit.statement(reachSql).all({ tenant: tenantId, entity: entityId }));
  const reached = interrupts ? all : all.filter(({ id }) => id === entityId);
  return {
    entities: reached.length,
    emergency_services: reached.filter(({ id, entity_type }) => isEmergencyEntity(id, entity_type)).length,
    customers: 0,
    revenue: reached.reduce((sum, { revenue_weight }) => sum + (revenue_weight ?? 0), 0),
    best_tier: slaTiers.find((tier) => reached.some(({ sla_tier }) => sla_tier === tier)) ?? '',
  };
}

/** The site that holds an entity, else the topmost entity that does, else itself: what circuit breakers and limits call a region. */
export function regionOf(unit: ReadUnit, tenantId: string, entityId: string): string {
  const above = ancestorSchema.parse(unit.statement(ancestorsSql).all({ tenant: tenantId, entity: entityId }));
  return above.find(({ entity_type }) => entity_type === 'SITE')?.id ?? above.at(-1)?.id ?? entityId;
}
