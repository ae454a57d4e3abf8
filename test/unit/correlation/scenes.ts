import type { CorrelationAlarm, CorrelationEvent, CorrelationTopology } from '#engine/correlation/correlator.ts';
import { createCorrelator } from '#engine/correlation/create-correlator.ts';
import { type FoldedCluster, foldChanges } from '#engine/correlation/fold-changes.ts';

/** 2026-03-01T00:00:00Z; scenes tell times in seconds after it. */
export const sceneStart = Date.UTC(2026, 2, 1);

/** An alarm with everything that a scene does not care about filled in. */
export function alarm(
  alarmId: string,
  entityId: string,
  atSeconds: number,
  rest: Partial<CorrelationAlarm> = {},
): CorrelationAlarm {
  return {
    alarmId,
    entityId,
    alarmType: 'T1',
    specificProblem: '',
    severity: 'major',
    raisedAt: sceneStart + atSeconds * 1000,
    clearedAt: null,
    sourceSystem: 'nms',
    text: '',
    ...rest,
  };
}

export function raised(...alarms: CorrelationAlarm[]): CorrelationEvent[] {
  return alarms.map((told) => ({ kind: 'raised', alarm: told }));
}

/** Entities and links from short words: `'R1:ROUTER'` and `'R1 depends_on P1'`. */
export function network(entities: readonly string[], links: readonly string[]): CorrelationTopology {
  return {
    entities: entities.map((entity) => {
      const [id = '', entityType = ''] = entity.split(':');
      return { id, entityType, geoLat: null, geoLon: null };
    }),
    links: links.map((link) => {
      const [from = '', kind = '', to = ''] = link.split(' ');
      return { from, to, kind };
    }),
  };
}

/** The clusters after all alarms have come, in order of their first alarm. */
export function correlateScene(
  topology: CorrelationTopology,
  alarms: readonly CorrelationAlarm[],
  windowSeconds = 300,
): FoldedCluster[] {
  const correlator = createCorrelator({ topology, windowSeconds });
  const folded = new Map<string, FoldedCluster>();
  foldChanges(folded, correlator.apply(raised(...alarms)));
  foldChanges(folded, correlator.settle());
  return [...folded.values()].sort((left, right) => left.header.firstRaisedAt - right.header.firstRaisedAt);
}

/** Member ids of each cluster, sorted: a partition that can be compared. */
export function partitionOf(clusters: Iterable<FoldedCluster>): string[][] {
  return [...clusters]
    .map((cluster) => [...cluster.members.keys()].sort())
    .sort((left, right) => ((left[0] ?? '') < (right[0] ?? '') ? -1 : 1));
}
