import type { CorrelationTopology } from '#engine/correlation/correlator.ts';

/** Entities one link away, whatever its kind; what the topology does not know has none. */
export type RelatedEntities = (entityId: string) => readonly string[];

/**
 * An entity with more neighbours than this does not look at each of them when it alarms; they still look at it, which is the way
 * in which causes run.
 */
const mostNeighbours = 64;

const none: readonly string[] = [];

export function relatedEntities(topology: CorrelationTopology | null): RelatedEntities {
  const neighbours = new Map<string, Set<string>>();
  const join = (from: string, to: string): void => {
    const known = neighbours.get(from);
    if (known === undefined) neighbours.set(from, new Set([to]));
    else known.add(to);
  };
  for (const link of topology?.links ?? []) {
    if (link.from === link.to) continue;
    join(link.from, link.to);
    join(link.to, link.from);
  }
  const lists = new Map<string, readonly string[]>();
  for (const [entity, known] of neighbours) {
    if (known.size <= mostNeighbours) lists.set(entity, [...known]);
  }
  return (entityId) => lists.get(entityId) ?? none;
}
