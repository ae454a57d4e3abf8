import type { Cluster } from '#engine/correlation/cluster.ts';
import type { CorrelationAlarm, MemberExplanation } from '#engine/correlation/correlator.ts';
import { type Severity, severityRank } from '#shared/vocabulary/severity.ts';

/** An alarm in the working state. `live` ones can still tie in others; the rest only wait for their clear. */
export interface LiveAlarm {
  readonly id: string;
  /** What the cluster is called that this alarm founds. */
  readonly clusterName: string;
  readonly entityId: string;
  readonly alarmType: string;
  readonly specificProblem: string;
  readonly sourceSystem: string;
  /** Milliseconds since the epoch, as told by the source. */
  raisedAt: number;
  /** Its latest raise or clear, milliseconds since the epoch. */
  lastSeenAt: number;
  /** 1 (indeterminate) to 5 (critical). */
  severity: number;
  /** Number of the entity in the registry; changes with the topology. */
  entity: number;
  emergency: boolean;
  cleared: boolean;
  live: boolean;
  /** Whether its explanation comes from weighing it against everything, not from a first guess. */
  weighed: boolean;
  cluster: Cluster | null;
  explanation: MemberExplanation;
}

export function createLiveAlarm(alarm: CorrelationAlarm, entity: number): LiveAlarm {
  return {
    id: alarm.alarmId,
    clusterName: clusterNameOf(alarm),
    entityId: alarm.entityId,
    alarmType: alarm.alarmType,
    specificProblem: alarm.specificProblem,
    sourceSystem: alarm.sourceSystem,
    raisedAt: alarm.raisedAt,
    lastSeenAt: alarm.clearedAt ?? alarm.raisedAt,
    severity: severityRank(alarm.severity),
    entity,
    emergency: false,
    cleared: alarm.clearedAt !== null,
    live: true,
    weighed: false,
    cluster: null,
    explanation: { alarmId: alarm.alarmId, because: '', linkedTo: null, score: 0 },
  };
}

/** A cluster is called after the alarm that founds it; one that was raised before adds the time, so that no name comes twice. */
function clusterNameOf(alarm: CorrelationAlarm): string {
  const name = alarm.alarmId.startsWith('a-') ? alarm.alarmId.slice(2) : alarm.alarmId;
  return alarm.raisedBefore === true ? `c-${name}-${alarm.raisedAt.toString(36)}` : `c-${name}`;
}

export const severityByRank: readonly Severity[] = [
  'indeterminate',
  'indeterminate',
  'warning',
  'minor',
  'major',
  'critical',
];
