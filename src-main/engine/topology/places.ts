import type { CorrelationTopology } from '../correlation/correlator.ts';

/** Where entities are, by the `contains` links of a topology. */
export interface Places {
  /** Everything that holds an entity, nearest first. */
  holdersOf(entityId: string): readonly string[];
  /** The nearest SITE that holds an entity, else its outermost holder, else the entity itself. */
  siteOf(entityId: string): string;
  /** Null where the topology does not know the entity. */
  typeOf(entityId: string): string | null;
}

/** Deeper nesting than this is a mistake in an inventory. */
const deepest = 32;
const siteType = 'SITE';

/** Reads a topology. An entity with several holders counts as held by the first; cycles end where they close. */
export function createPlaces(topology: CorrelationTopology): Places {
  const types = new Map(topology.entities.map(({ id, entityType }) => [id, entityType]));
  const holders = new Map<string, string>();
  for (const { from, to, kind } of topology.links) {
    if (kind === 'contains' && from !== to && !holders.has(to)) holders.set(to, from);
  }
  const holdersOf = (entityId: string): string[] => {
    const chain: string[] = [];
    for (let at = holders.get(entityId); at !== undefined && chain.length < deepest; at = holders.get(at)) {
      if (at === entityId || chain.includes(at)) break;
      chain.push(at);
    }
    return chain;
  };
  const sites = new Map<string, string>();
  const findSite = (entityId: string): string => {
    if (types.get(entityId) === siteType) return entityId;
    const chain = holdersOf(entityId);
    return chain.find((holder) => types.get(holder) === siteType) ?? chain.at(-1) ?? entityId;
  };
  return {
    holdersOf,
    siteOf(entityId) {
      let site = sites.get(entityId);
      if (site === undefined) {
        site = findSite(entityId);
        // What the topology does not know stays out, so that memory is bounded by the topology.
        if (types.has(entityId)) sites.set(entityId, site);
      }
      return site;
    },
    typeOf: (entityId) => types.get(entityId) ?? null,
  };
}
