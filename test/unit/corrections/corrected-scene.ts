import type { Correction } from '#engine/corrections/correction.ts';
import { createCorrectedCorrelator } from '#engine/corrections/create-corrected-correlator.ts';
import type { ClusterChange, CorrelationEvent, CorrelationTopology } from '#engine/correlation/correlator.ts';
import { createCorrelator } from '#engine/correlation/create-correlator.ts';
import { type FoldedCluster, foldChanges } from '#engine/correlation/fold-changes.ts';
import type { RuleInForce } from '#engine/grouping-rules/compile-rules.ts';

/** A corrected correlator together with what its answers add up to. */
export function createScene(topology: CorrelationTopology, windowSeconds = 300) {
  const correlator = createCorrectedCorrelator(createCorrelator({ windowSeconds }), windowSeconds);
  correlator.setTopology(topology);
  const clusters = new Map<string, FoldedCluster>();
  const tell = (changes: readonly ClusterChange[]) => {
    foldChanges(clusters, changes);
    return changes;
  };
  return {
    correlator,
    clusters,
    feed: (events: readonly CorrelationEvent[]) => tell(correlator.apply(events)),
    settle: () => tell(correlator.settle()),
    correct: (correction: Correction) => tell(correlator.correct(correction)),
    setRules: (rules: readonly RuleInForce[]) => {
      correlator.setRules(rules);
      return tell(correlator.settle());
    },
    clusterOf(alarmId: string): string {
      const found = [...clusters.values()].find(({ members }) => members.has(alarmId));
      if (found === undefined) throw new Error(`${alarmId} is in no cluster.`);
      return found.header.clusterId;
    },
    /** Member ids of each cluster, sorted. */
    partition: () => [...clusters.values()].map(({ members }) => [...members.keys()].sort().join(' ')).sort(),
  };
}

/** A rule with everything that a test does not care about filled in. */
export function rule(fields: Partial<RuleInForce>): RuleInForce {
  return {
    ruleId: 'r-1',
    name: 'test',
    verdict: 'never',
    first: [{ field: 'alarm_type', operator: 'is', value: 'T1' }],
    second: [{ field: 'alarm_type', operator: 'is', value: 'T2' }],
    place: 'anywhere',
    within_seconds: 300,
    ...fields,
  };
}
