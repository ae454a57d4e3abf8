import type { Severity } from '#shared/vocabulary/severity.ts';
import type { FaultKind } from './faults/model.ts';
import type { TopologyFile } from './network/export.ts';
import type { Network } from './network/model.ts';
import type { StyleName } from './network/styles.ts';
import type { Sources } from './sources.ts';
import type { Vocabulary } from './vendors.ts';

export const scenarioKinds = ['calm', 'mixed', 'storm'] as const;
export type ScenarioKind = (typeof scenarioKinds)[number];

/** One line of ALARMS.jsonl. */
export interface AlarmLine {
  readonly alarm_id: string;
  readonly entity_id: string;
  readonly alarm_type: string;
  readonly severity: Severity;
  readonly raised_at: string;
  readonly cleared_at?: string;
  readonly source_system: string;
  readonly specific_problem: string;
  readonly text?: string;
}

/** One fault that really happened. */
export interface TrueFault {
  readonly faultId: string;
  readonly kind: FaultKind;
  /** The entity that failed. */
  readonly rootEntityId: string;
  /** Every entity that an engineer would accept as the root (both ends of a cut fibre, every hop in the rain). */
  readonly acceptedRoots: ReadonlySet<string>;
  /** Milliseconds since the epoch, true time. */
  readonly startedAt: number;
}

export interface Truth {
  /** Fault of each alarm; a noise alarm stands under an id of its own. */
  readonly faultOf: ReadonlyMap<string, string>;
  readonly faults: readonly TrueFault[];
}

/** What the simulator knows and a console does not; only the upper bound may look at it. */
export interface FaultModel {
  readonly network: Network;
  readonly vocabulary: Vocabulary;
  readonly sources: Sources;
}

export interface Scenario {
  readonly name: string;
  readonly style: StyleName;
  readonly kind: ScenarioKind;
  readonly seed: number;
  readonly topology: TopologyFile;
  /** In the order of arrival, which is not the order of `raised_at`. */
  readonly alarms: readonly AlarmLine[];
  /** True arrival of each alarm in milliseconds since the epoch, parallel to `alarms`. */
  readonly arrivedAt: readonly number[];
  readonly truth: Truth;
  readonly model: FaultModel;
}
