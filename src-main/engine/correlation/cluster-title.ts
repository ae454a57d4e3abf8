import type { RootCause } from '#shared/api/clusters.ts';

/** What a title is made of. Names are as people know the entities. */
export interface TitleFacts {
  readonly rootCause: Pick<RootCause, 'entity_id' | 'alarm_id'>;
  readonly rootName: string;
  /** The root cause's own alarm: what it says of itself; null for a silent root. */
  readonly rootProblem: string | null;
  readonly alarmCount: number;
  readonly entityCount: number;
}

/** What happened, in words that fit one line: the cause first, then how far it reaches. */
export function clusterTitle(facts: TitleFacts): string {
  const reach = facts.entityCount > 1 ? `, ${facts.entityCount} entities affected` : '';
  if (facts.rootProblem === null) return `${facts.rootName} silent${reach}`;
  return `${facts.rootProblem} at ${facts.rootName}${reach}`;
}
