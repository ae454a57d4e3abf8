/**
 * The one interface behind which correlation lives. Pure: no clock, no randomness, no I/O.
 * The core thread, `pedkai correlate`, tests and benchmarks all use it through this file.
 */
import type { Severity } from '#shared/vocabulary/severity.ts';

/** What correlation needs to know of one alarm. Times are milliseconds since the epoch, as told by the source. */
export interface CorrelationAlarm {
  readonly alarmId: string;
  readonly entityId: string;
  readonly alarmType: string;
  readonly specificProblem: string;
  readonly severity: Severity;
  readonly raisedAt: number;
  readonly clearedAt: number | null;
  readonly sourceSystem: string;
  readonly text: string;
  /** True when this alarm was cleared and is raised again; a cluster that it founds then gets a name of its own. */
  readonly raisedBefore?: boolean;
}

/** One thing that happened to an alarm, in the order in which the engine learned of it. */
export type CorrelationEvent =
  /** A new alarm, or one that was cleared and is raised again (same `alarmId`, new `raisedAt`). */
  | { readonly kind: 'raised'; readonly alarm: CorrelationAlarm }
  /** A repeat of a standing alarm, perhaps with another severity or text. */
  | { readonly kind: 'repeated'; readonly alarmId: string; readonly severity: Severity; readonly at: number }
  | { readonly kind: 'cleared'; readonly alarmId: string; readonly at: number };

/** The topology as correlation reads it; see TOPOLOGY.json in docs/feeds.md for the meaning of each kind. */
export interface CorrelationTopology {
  readonly entities: readonly {
    readonly id: string;
    readonly entityType: string;
    readonly geoLat: number | null;
    readonly geoLon: number | null;
  }[];
  readonly links: readonly { readonly from: string; readonly to: string; readonly kind: string }[];
}

/** Why one alarm stands in its cluster. `linkedTo` is the alarm or entity that ties it in; null for a founder or a singleton. */
export interface MemberExplanation {
  readonly alarmId: string;
  readonly because: string;
  readonly linkedTo: string | null;
  /** Strength of the tie, 0 to 1. */
  readonly score: number;
}

export interface RootCauseCandidate {
  /** May be an entity that raised no alarm itself; then `alarmId` is null. */
  readonly entityId: string;
  readonly alarmId: string | null;
  /** Probability that this is the cause, 0 to 1. */
  readonly confidence: number;
  /** The evidence in an engineer's words. */
  readonly because: string;
}

/** A cluster without its members. */
export interface ClusterHeader {
  /** Derived from the founding alarm, so that the same input gives the same id. */
  readonly clusterId: string;
  readonly alarmCount: number;
  /** Members that are not cleared. */
  readonly activeCount: number;
  /** Highest severity among the members; critical when an emergency service is among them. */
  readonly severity: Severity;
  readonly isEmergencyService: boolean;
  readonly firstRaisedAt: number;
  readonly lastRaisedAt: number;
  /** Never empty; the first is the root cause. */
  readonly candidates: readonly RootCauseCandidate[];
}

/** What one call of `apply` changed. A member that moves appears as removed from one cluster and added to another. */
export type ClusterChange =
  | {
      readonly kind: 'upserted';
      readonly cluster: ClusterHeader;
      /**
       * New members, and standing members whose explanation changed. A member of a cluster that the correlator has
       * forgotten (all cleared, long ago) appears here without having been removed there.
       */
      readonly membersAdded: readonly MemberExplanation[];
      readonly membersRemoved: readonly string[];
    }
  /** The cluster is gone; its members were added to others. */
  | { readonly kind: 'removed'; readonly clusterId: string; readonly mergedInto: string | null };

/** A cluster as stored, to rebuild the working state after a restart. */
export interface StoredCluster {
  readonly clusterId: string;
  /** As told last; without them they are judged again from the members. */
  readonly candidates?: readonly RootCauseCandidate[];
  readonly members: readonly { readonly alarm: CorrelationAlarm; readonly explanation: MemberExplanation }[];
}

/** One alarm type tends to bring another, on the same entity or on related ones. */
export interface CauseRule {
  readonly cause: string;
  readonly effect: string;
  /** Median time from cause to effect, seconds, 0 or more. */
  readonly lagSeconds: number;
  /** Probability that this is so, 0 to 1. */
  readonly confidence: number;
  /** A person vouches for it: it holds whatever the counts say. */
  readonly pinned: boolean;
}

export interface Correlator {
  /** Feeds events in the order of arrival; answers the net change per cluster, each cluster at most once. */
  apply(events: readonly CorrelationEvent[]): ClusterChange[];
  /**
   * Finishes the reconsideration that `apply` put off to stay quick, and answers what that changed. To be called when no
   * events are waiting: after a storm, at the end of a file. Calling it more often costs time, never correctness.
   */
  settle(): ClusterChange[];
  /** Replaces the topology; standing clusters keep their members until new evidence arrives. */
  setTopology(topology: CorrelationTopology): void;
  /** Replaces what is known of which alarm type brings which; standing clusters keep their members until new evidence arrives. */
  setLearnedCauses(causes: readonly CauseRule[]): void;
  /** Rebuilds the working state from the store. Called once, before the first `apply`. */
  restore(clusters: readonly StoredCluster[]): void;
}
