import type { ClusterChange, Correlator } from '../correlation/correlator.ts';
import type { RuleInForce } from '../grouping-rules/compile-rules.ts';
import type { CausePreference } from './prefer-causes.ts';

/** What a person corrects about the clusters. Alarms and clusters that are not live any more are passed over. */
export type Correction =
  /** These alarms belong into this cluster, which may be a new name. */
  | {
      readonly kind: 'place';
      readonly alarmIds: readonly string[];
      readonly clusterId: string;
      readonly because: string;
    }
  /** The two are one happening. */
  | { readonly kind: 'merge'; readonly from: string; readonly into: string; readonly because: string }
  /** This is the cause. `alarmId` is null for an entity that raised no alarm itself. */
  | {
      readonly kind: 'cause';
      readonly clusterId: string;
      readonly entityId: string;
      readonly alarmId: string | null;
      readonly because: string;
    };

/** What is kept of corrections, so that they hold after a restart too. */
export interface StandingCorrections {
  readonly pins: readonly {
    readonly alarmId: string;
    readonly clusterId: string;
    readonly leads: boolean;
    readonly because: string;
  }[];
  /** Pairs of clusters between which the engine moves nothing that stands. */
  readonly apart: readonly (readonly [clusterId: string, otherId: string])[];
  readonly causes: readonly {
    readonly clusterId: string;
    readonly entityId: string;
    readonly alarmId: string | null;
    readonly because: string;
  }[];
}

/** A correlator that people and their rules correct. */
export interface CorrectedCorrelator extends Correlator {
  /** Carries a correction out; answers what that changed. What stands already changes nothing. */
  correct(correction: Correction): ClusterChange[];
  /** Replaces the rules that people made, and which causes they prefer. What that changes is told with the next answer. */
  setRules(rules: readonly RuleInForce[], preferences?: readonly CausePreference[]): void;
  /** Takes up corrections of an earlier run. To be called after `restore`, before anything else. */
  restoreCorrections(standing: StandingCorrections): void;
  /** Whether the cluster can still be corrected: what is long over is as it was judged. */
  isLive(clusterId: string): boolean;
}
