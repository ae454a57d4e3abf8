import type { RootCauseCandidate } from '#engine/correlation/correlator.ts';
import type { LiveAlarm } from '#engine/correlation/live-alarm.ts';

/** A cluster in the working state. Counts cover all members; `members` holds only the live ones. */
export interface Cluster {
  readonly id: string;
  readonly members: Set<LiveAlarm>;
  alarmCount: number;
  activeCount: number;
  /** Members by severity rank, index 1 to 5. */
  readonly severityCounts: Int32Array;
  emergencyCount: number;
  firstRaisedAt: number;
  lastRaisedAt: number;
  /** Members that are settled: too old to tie in others. A cluster with such members keeps its name. */
  settledCount: number;
  /** As told last; kept when the members that they were judged on are settled. */
  candidates: readonly RootCauseCandidate[];
  /** Set when members came or went since `candidates` were judged. */
  candidatesStale: boolean;
  /** Whether an earlier answer told of this cluster. */
  announced: boolean;
  /** Set when a first or last member left and the times must be read from the members again. */
  timesStale: boolean;
}

export function createCluster(id: string): Cluster {
  return {
    id,
    members: new Set(),
    alarmCount: 0,
    activeCount: 0,
    severityCounts: new Int32Array(6),
    emergencyCount: 0,
    firstRaisedAt: Number.POSITIVE_INFINITY,
    lastRaisedAt: Number.NEGATIVE_INFINITY,
    settledCount: 0,
    candidates: [],
    candidatesStale: true,
    announced: false,
    timesStale: false,
  };
}

export function addMember(cluster: Cluster, alarm: LiveAlarm): void {
  cluster.members.add(alarm);
  alarm.cluster = cluster;
  cluster.alarmCount += 1;
  cluster.candidatesStale = true;
  if (!alarm.cleared) cluster.activeCount += 1;
  countSeverity(cluster, alarm.severity, 1);
  if (alarm.emergency) cluster.emergencyCount += 1;
  if (alarm.raisedAt < cluster.firstRaisedAt) cluster.firstRaisedAt = alarm.raisedAt;
  if (alarm.raisedAt > cluster.lastRaisedAt) cluster.lastRaisedAt = alarm.raisedAt;
}

export function removeMember(cluster: Cluster, alarm: LiveAlarm): void {
  cluster.members.delete(alarm);
  alarm.cluster = null;
  cluster.alarmCount -= 1;
  cluster.candidatesStale = true;
  if (!alarm.cleared) cluster.activeCount -= 1;
  countSeverity(cluster, alarm.severity, -1);
  if (alarm.emergency) cluster.emergencyCount -= 1;
  if (alarm.raisedAt <= cluster.firstRaisedAt || alarm.raisedAt >= cluster.lastRaisedAt) cluster.timesStale = true;
}

/** `by` +1 or -1. */
export function countSeverity(cluster: Cluster, severity: number, by: number): void {
  cluster.severityCounts[severity] = (cluster.severityCounts[severity] ?? 0) + by;
}

/** Highest severity rank among all members, 1 to 5. */
export function highestRank(cluster: Cluster): number {
  if (cluster.emergencyCount > 0) return 5;
  for (let rank = 5; rank > 1; rank -= 1) if ((cluster.severityCounts[rank] ?? 0) > 0) return rank;
  return 1;
}

/** Reads first and last times from the members again, where a member at an end has left. */
export function refreshTimes(cluster: Cluster): void {
  if (!cluster.timesStale) return;
  cluster.timesStale = false;
  // Settled members may be forgotten: their times stay in force.
  if (cluster.members.size < cluster.alarmCount) return;
  cluster.firstRaisedAt = Number.POSITIVE_INFINITY;
  cluster.lastRaisedAt = Number.NEGATIVE_INFINITY;
  for (const alarm of cluster.members) {
    if (alarm.raisedAt < cluster.firstRaisedAt) cluster.firstRaisedAt = alarm.raisedAt;
    if (alarm.raisedAt > cluster.lastRaisedAt) cluster.lastRaisedAt = alarm.raisedAt;
  }
}
