import type { Cluster } from '#shared/api/clusters.ts';
import { type Severity, severities, severityRank } from '#shared/vocabulary/severity.ts';
import { toMilliseconds } from '#shared/vocabulary/time.ts';

/** Active clusters, split into what deserves a line of its own and what is only counted. */
export interface Situation {
  /** The worst first, see `compareHappenings`. */
  readonly happenings: readonly Cluster[];
  /** Single alarms that are minor or less and concern no emergency service. */
  readonly alone: readonly Cluster[];
}

/** Whether a cluster is a single alarm that can be folded into a counted line. */
export function isAlone(cluster: Cluster): boolean {
  return (
    cluster.alarm_count === 1 &&
    !cluster.is_emergency_service &&
    severityRank(cluster.severity) <= severityRank('minor')
  );
}

/** Doubling steps, so that a cluster that grows alarm by alarm does not change places all the time. */
function sizeClass(cluster: Cluster): number {
  return Math.floor(Math.log2(cluster.alarm_count));
}

/** Emergency services first, then severity, then size in doubling steps, then the one that stands longest. */
export function compareHappenings(left: Cluster, right: Cluster): number {
  return (
    Number(right.is_emergency_service) - Number(left.is_emergency_service) ||
    severityRank(right.severity) - severityRank(left.severity) ||
    sizeClass(right) - sizeClass(left) ||
    toMilliseconds(left.first_raised_at) - toMilliseconds(right.first_raised_at) ||
    (left.cluster_id < right.cluster_id ? -1 : 1)
  );
}

/** Splits and orders the clusters that are active. */
export function splitSituation(clusters: readonly Cluster[]): Situation {
  const active = clusters.filter(({ state }) => state === 'active');
  return {
    happenings: active.filter((cluster) => !isAlone(cluster)).sort(compareHappenings),
    alone: active.filter(isAlone),
  };
}

/** How many clusters there are of each severity that occurs, the highest first. */
export function countSeverities(clusters: readonly Cluster[]): readonly { severity: Severity; count: number }[] {
  return severities
    .map((severity) => ({ severity, count: clusters.filter((cluster) => cluster.severity === severity).length }))
    .filter(({ count }) => count > 0);
}

/**
 * Share of the standing alarms that a happening with more than one alarm explains, 0 to 1; null without alarms.
 * An alarm alone in its cluster explains only itself.
 */
export function explainedShare(clusters: readonly Cluster[]): number | null {
  let standing = 0;
  let explained = 0;
  for (const cluster of clusters) {
    if (cluster.state !== 'active') continue;
    standing += cluster.active_count;
    if (cluster.alarm_count > 1) explained += cluster.active_count;
  }
  return standing === 0 ? null : explained / standing;
}
