import type { Cluster } from '#shared/api/clusters.ts';
import { type Severity, severities, severityRank } from '#shared/vocabulary/severity.ts';
import { toMilliseconds } from '#shared/vocabulary/time.ts';
import { type CollectionChange, createCollection } from './collection.ts';

/** Active clusters, split into what deserves a line of its own and what is only counted. Both have the worst first. */
export interface Situation {
  readonly happenings: readonly Cluster[];
  /** Single alarms that are minor or less and concern no emergency service, and what planned maintenance suppresses. */
  readonly alone: readonly Cluster[];
}

/** Whether planned maintenance suppresses everything that stands in a cluster: nobody has to act. */
export function isInMaintenance(cluster: Cluster): boolean {
  return cluster.active_count > 0 && cluster.suppressed_count >= cluster.active_count;
}

/** Whether a cluster can be folded into a counted line: a single lesser alarm, or planned work. */
export function isAlone(cluster: Cluster): boolean {
  if (isInMaintenance(cluster)) return true;
  return (
    cluster.alarm_count === 1 &&
    !cluster.is_emergency_service &&
    severityRank(cluster.severity) <= severityRank('minor')
  );
}

/** Room for milliseconds since the epoch until the year 2527. */
const timeRange = 2 ** 44;
const sizeClasses = 32;
const severityClasses = 8;

/**
 * The rank of a happening, the highest first: emergency services, then severity, then size in doubling steps, so that a
 * cluster that grows alarm by alarm does not change places all the time, then the one that stands longest. One number
 * below 2^53, because it is compared a million times in a storm.
 */
export function urgency(cluster: Cluster): number {
  const severity = Number(cluster.is_emergency_service) * severityClasses + severityRank(cluster.severity);
  const size = Math.min(sizeClasses - 1, Math.floor(Math.log2(cluster.alarm_count)));
  return (severity * sizeClasses + size) * timeRange + (timeRange - 1 - toMilliseconds(cluster.first_raised_at));
}

/** Keeps the situation as clusters change, at a cost that does not grow with sorting them all. */
export interface SituationKeeper {
  apply(changes: readonly CollectionChange<Cluster>[]): Situation;
  replace(clusters: Iterable<Cluster>): Situation;
}

export function createSituation(): SituationKeeper {
  const idOf = (cluster: Cluster) => cluster.cluster_id;
  const happenings = createCollection(idOf, urgency);
  const alone = createCollection(idOf, urgency);
  const isHappening = (cluster: Cluster) => cluster.state === 'active' && !isAlone(cluster);
  const isLoneOne = (cluster: Cluster) => cluster.state === 'active' && isAlone(cluster);
  const only = (changes: readonly CollectionChange<Cluster>[], belongs: (cluster: Cluster) => boolean) =>
    changes.map(({ id, item }) => ({ id, item: item !== null && belongs(item) ? item : null }));

  return {
    apply: (changes) => ({
      happenings: happenings.apply(only(changes, isHappening)).items,
      alone: alone.apply(only(changes, isLoneOne)).items,
    }),
    replace(clusters) {
      const all = [...clusters];
      return {
        happenings: happenings.replace(all.filter(isHappening)).items,
        alone: alone.replace(all.filter(isLoneOne)).items,
      };
    },
  };
}

/** How many clusters there are of each severity that occurs, the highest first. */
export function countSeverities(clusters: readonly Cluster[]): readonly { severity: Severity; count: number }[] {
  const counts = new Map<Severity, number>();
  for (const { severity } of clusters) counts.set(severity, (counts.get(severity) ?? 0) + 1);
  return severities.flatMap((severity) => {
    const count = counts.get(severity);
    return count === undefined ? [] : [{ severity, count }];
  });
}

/** The situation in figures. */
export interface SituationFigures {
  /** Alarms that stand. */
  readonly standing: number;
  /** Share of them that is in a cluster with others, 0 to 1; null without alarms. */
  readonly groupedShare: number | null;
  /** When the oldest happening began, milliseconds since the epoch; null without any. */
  readonly since: number | null;
}

export function figuresOf({ happenings, alone }: Situation): SituationFigures {
  let standing = alone.length;
  let grouped = 0;
  let since = Number.POSITIVE_INFINITY;
  for (const cluster of happenings) {
    standing += cluster.active_count;
    if (cluster.alarm_count > 1) grouped += cluster.active_count;
    since = Math.min(since, toMilliseconds(cluster.first_raised_at));
  }
  for (const cluster of alone) since = Math.min(since, toMilliseconds(cluster.first_raised_at));
  return {
    standing,
    groupedShare: standing === 0 ? null : grouped / standing,
    since: since === Number.POSITIVE_INFINITY ? null : since,
  };
}
