import type { Scenario } from '#test/support/simulator/scenario.ts';
import { adjustedRandIndex, type BCubed, bCubed, type Partition } from './partition.ts';
import { type RankedRoots, type RootCauseScore, scoreRootCauses } from './root-cause.ts';

/** What a correlator answers for one recording. */
export interface Answer {
  /** Alarm id to cluster id; every alarm of the recording stands in it. */
  readonly clusterOf: Partition;
  /** Cluster id to entity ids, the most probable root first. */
  readonly rootsOf: RankedRoots;
}

export interface ScenarioScore {
  readonly bCubed: BCubed;
  readonly adjustedRandIndex: number;
  readonly rootCause: RootCauseScore;
}

/** Scores one answer. Throws RangeError when an alarm is missing from it. */
export function scoreScenario(scenario: Scenario, answer: Answer): ScenarioScore {
  const { faultOf, faults } = scenario.truth;
  const alarming = new Set(scenario.alarms.map((alarm) => alarm.entity_id));
  return {
    bCubed: bCubed(answer.clusterOf, faultOf),
    adjustedRandIndex: adjustedRandIndex(answer.clusterOf, faultOf),
    rootCause: scoreRootCauses(answer.clusterOf, answer.rootsOf, faultOf, faults, alarming),
  };
}
