import { z } from 'zod';
import { topologyFileSchema } from '#shared/files/topology-file.ts';
import { slaTierSchema } from '#shared/vocabulary/sla-tier.ts';
import { timestampSchema } from '#shared/vocabulary/time.ts';
import { procedure } from './procedure.ts';

/** A managed object. */
export const entitySchema = z.object({
  entity_id: z.string(),
  tenant_id: z.string(),
  entity_type: z.string(),
  name: z.string(),
  external_id: z.string().nullable(),
  geo_lat: z.number().nullable(),
  geo_lon: z.number().nullable(),
  revenue_weight: z.number().nullable(),
  sla_tier: slaTierSchema.nullable(),
  embedding_provider: z.string().nullable(),
  embedding_model: z.string().nullable(),
  last_seen_at: timestampSchema.nullable(),
  created_at: timestampSchema,
});
export type Entity = z.infer<typeof entitySchema>;

export const topologyContract = {
  get: procedure('TOPOLOGY_READ')
    .route({ method: 'GET', path: '/topology', tags: ['Topology'] })
    .output(topologyFileSchema),
  /** Replaces the tenant's topology. */
  put: procedure('TOPOLOGY_WRITE')
    .route({ method: 'PUT', path: '/topology', tags: ['Topology'] })
    .input(topologyFileSchema)
    .output(z.object({ entities: z.int().nonnegative(), links: z.int().nonnegative() })),
  entity: procedure('TOPOLOGY_READ')
    .route({ method: 'GET', path: '/entities/{entity_id}', tags: ['Topology'] })
    .input(z.object({ entity_id: z.string() }))
    .output(entitySchema),
};
