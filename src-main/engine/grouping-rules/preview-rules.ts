import type { RulesPreview } from '#shared/api/grouping.ts';
import { toTimestamp } from '#shared/vocabulary/time.ts';
import { createShownPartition } from '../corrections/shown-partition.ts';
import type { ClusterChange, CorrelationEvent, CorrelationTopology, Correlator } from '../correlation/correlator.ts';
import { type FoldedCluster, foldChanges } from '../correlation/fold-changes.ts';
import type { RuleInForce } from './compile-rules.ts';

export interface PreviewInput {
  readonly events: readonly CorrelationEvent[];
  readonly topology: CorrelationTopology;
  readonly windowSeconds: number;
  readonly correlator: Correlator;
  readonly before: readonly RuleInForce[];
  readonly after: readonly RuleInForce[];
  /** Called between slices, so that whoever shares the thread gets a turn. */
  readonly pause: () => Promise<void>;
}

const sliceSize = 100;
/** Correlation settles as often as it would have in a busy engine. */
const settleEvery = 10;
const mostChanges = 50;

/**
 * Replays events once through the correlator, and twice through the rules: as they are and as they would be. What people
 * corrected by hand is not replayed: the preview is about rules alone.
 */
export async function previewRules(
  input: PreviewInput,
): Promise<Pick<RulesPreview, 'before' | 'after' | 'alarms_affected' | 'changes'>> {
  const { correlator, events } = input;
  correlator.setTopology(input.topology);
  const sides = [input.before, input.after].map((rules) => {
    const partition = createShownPartition(input.windowSeconds * 1_000);
    partition.setTopology(input.topology);
    partition.setRules(rules);
    return { partition, clusters: new Map<string, FoldedCluster>() };
  });
  const follow = async (changes: readonly ClusterChange[]): Promise<void> => {
    for (const { partition, clusters } of sides) foldChanges(clusters, partition.follow(changes));
    await input.pause();
  };
  let slices = 0;
  for (let start = 0; start < events.length; start += sliceSize) {
    const slice = events.slice(start, start + sliceSize);
    for (const { partition } of sides) partition.note(slice);
    slices += 1;
    const isLast = start + sliceSize >= events.length;
    await follow(correlator.apply(slice));
    if (isLast || slices % settleEvery === 0) await follow(correlator.settle());
  }
  const [before, after] = sides.map(({ clusters }) => clusters);
  if (before === undefined || after === undefined) throw new Error('A preview has two sides.');
  return compare(before, after);
}

type Clusters = ReadonlyMap<string, FoldedCluster>;

function compare(
  before: Clusters,
  after: Clusters,
): Pick<RulesPreview, 'before' | 'after' | 'alarms_affected' | 'changes'> {
  const changes = differences(before, after);
  const affected = changes.reduce((sum, change) => sum + sizeOf(change.before), 0);
  return {
    before: { clusters: before.size, largest: largestOf(before) },
    after: { clusters: after.size, largest: largestOf(after) },
    alarms_affected: affected,
    changes: changes
      .sort((left, right) => sizeOf(right.before) - sizeOf(left.before))
      .slice(0, mostChanges)
      .map((change) => ({ before: change.before.map(toPreview), after: change.after.map(toPreview) })),
  };
}

interface Difference {
  readonly before: FoldedCluster[];
  readonly after: FoldedCluster[];
}

/** Clusters of both sides that share alarms, where the two sides cut them differently. */
function differences(before: Clusters, after: Clusters): Difference[] {
  const afterOf = new Map<string, FoldedCluster>();
  for (const cluster of after.values()) for (const alarmId of cluster.members.keys()) afterOf.set(alarmId, cluster);
  const beforeOf = new Map<string, FoldedCluster>();
  for (const cluster of before.values()) for (const alarmId of cluster.members.keys()) beforeOf.set(alarmId, cluster);
  const seen = new Set<FoldedCluster>();
  const found: Difference[] = [];
  for (const start of before.values()) {
    if (seen.has(start)) continue;
    const lefts = new Set([start]);
    const rights = new Set<FoldedCluster>();
    // Sets that grow while they are walked are walked to their end.
    for (const left of lefts) {
      seen.add(left);
      for (const alarmId of left.members.keys()) {
        const right = afterOf.get(alarmId);
        if (right === undefined || rights.has(right)) continue;
        rights.add(right);
        for (const other of right.members.keys()) {
          const back = beforeOf.get(other);
          if (back !== undefined) lefts.add(back);
        }
      }
    }
    if (lefts.size > 1 || rights.size > 1) found.push({ before: [...lefts], after: [...rights] });
  }
  return found;
}

const sizeOf = (clusters: readonly FoldedCluster[]) => clusters.reduce((sum, { members }) => sum + members.size, 0);

const largestOf = (clusters: Clusters) =>
  [...clusters.values()].reduce((most, { members }) => Math.max(most, members.size), 0);

function toPreview({ header, members }: FoldedCluster): RulesPreview['changes'][number]['before'][number] {
  return {
    cluster_id: header.clusterId,
    alarm_count: members.size,
    severity: header.severity,
    root_cause_entity_id: header.candidates[0]?.entityId ?? '',
    first_raised_at: toTimestamp(header.firstRaisedAt),
  };
}
