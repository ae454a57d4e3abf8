import type {
  ClusterChange,
  CorrelationAlarm,
  CorrelationEvent,
  CorrelationTopology,
  Correlator,
} from '#engine/correlation/correlator.ts';
import { createCorrelator } from '#engine/correlation/create-correlator.ts';
import type { Answer } from '#test/support/scoring/score.ts';
import type { TopologyFile } from '#test/support/simulator/network/export.ts';
import type { AlarmLine } from '#test/support/simulator/scenario.ts';

/** A recording as a stream of events, and which alarm each line went into. */
export interface Stream {
  readonly events: readonly CorrelationEvent[];
  /** Line's alarm id to the id of the standing alarm that it repeats; its own else. */
  readonly standsFor: ReadonlyMap<string, string>;
}

export function toCorrelationTopology(topology: TopologyFile): CorrelationTopology {
  return {
    entities: topology.entities.map((entity) => ({
      id: entity.id,
      entityType: entity.entity_type,
      geoLat: entity.geo_lat ?? null,
      geoLon: entity.geo_lon ?? null,
    })),
    links: topology.links,
  };
}

function toAlarm(line: AlarmLine): CorrelationAlarm {
  return {
    alarmId: line.alarm_id,
    entityId: line.entity_id,
    alarmType: line.alarm_type,
    specificProblem: line.specific_problem,
    severity: line.severity,
    raisedAt: Date.parse(line.raised_at),
    clearedAt: line.cleared_at === undefined ? null : Date.parse(line.cleared_at),
    sourceSystem: line.source_system,
    text: line.text ?? '',
  };
}

/** In the order of the sources' own times, as a recorded file is correlated; a reminder of a standing alarm is a repeat of it. */
export function toStream(lines: readonly AlarmLine[]): Stream {
  type Timed = {
    readonly at: number;
    readonly order: number;
    readonly alarm: CorrelationAlarm;
    readonly isClear: boolean;
  };
  const timed: Timed[] = [];
  for (const [order, line] of lines.entries()) {
    const alarm = toAlarm(line);
    timed.push({ at: alarm.raisedAt, order, alarm, isClear: false });
    if (alarm.clearedAt !== null) timed.push({ at: alarm.clearedAt, order, alarm, isClear: true });
  }
  timed.sort((left, right) => left.at - right.at || left.order - right.order);
  const standing = new Map<string, string>();
  const standsFor = new Map<string, string>();
  const events: CorrelationEvent[] = [];
  for (const { at, alarm, isClear } of timed) {
    const identity = `${alarm.entityId}\u0000${alarm.alarmType}\u0000${alarm.specificProblem}`;
    const open = standing.get(identity);
    if (isClear) {
      if (open === undefined || standsFor.get(alarm.alarmId) !== open) continue;
      standing.delete(identity);
      events.push({ kind: 'cleared', alarmId: open, at });
    } else if (open === undefined) {
      standing.set(identity, alarm.alarmId);
      standsFor.set(alarm.alarmId, alarm.alarmId);
      // What is known of its end is told when it comes.
      events.push({ kind: 'raised', alarm: { ...alarm, clearedAt: null } });
    } else {
      standsFor.set(alarm.alarmId, open);
      events.push({ kind: 'repeated', alarmId: open, severity: alarm.severity, at });
    }
  }
  return { events, standsFor };
}

const mostEvents = 500;
const longestSpan = 5 * 60_000;

function timeOf(event: CorrelationEvent): number {
  return event.kind === 'raised' ? event.alarm.raisedAt : event.at;
}

/** Cuts a stream into what the core thread would hand over at once: not too many, and not from hours apart. */
export function toBatches(events: readonly CorrelationEvent[]): CorrelationEvent[][] {
  const batches: CorrelationEvent[][] = [];
  let current: CorrelationEvent[] = [];
  let startedAt = Number.NEGATIVE_INFINITY;
  for (const event of events) {
    if (current.length === mostEvents || timeOf(event) - startedAt > longestSpan) {
      current = [];
      batches.push(current);
      startedAt = timeOf(event);
    }
    current.push(event);
  }
  return batches;
}

/** Runs a correlator over a stream; `onChanges` hears what each batch changed. */
export function replay(
  correlator: Correlator,
  batches: readonly (readonly CorrelationEvent[])[],
  onChanges: (changes: readonly ClusterChange[]) => void,
): void {
  for (const batch of batches) onChanges(correlator.apply(batch));
  onChanges(correlator.settle());
}

/** What Pedkai answers for a recording. */
export function answerPedkai(topology: TopologyFile, lines: readonly AlarmLine[]): Answer {
  const { events, standsFor } = toStream(lines);
  const clusterOfAlarm = new Map<string, string>();
  const rootsOf = new Map<string, readonly string[]>();
  const correlator = createCorrelator({ topology: toCorrelationTopology(topology) });
  replay(correlator, toBatches(events), (changes) => {
    for (const change of changes) {
      if (change.kind !== 'upserted') continue;
      for (const member of change.membersAdded) clusterOfAlarm.set(member.alarmId, change.cluster.clusterId);
      rootsOf.set(
        change.cluster.clusterId,
        change.cluster.candidates.map((candidate) => candidate.entityId),
      );
    }
  });
  const clusterOf = new Map<string, string>();
  for (const [lineId, alarmId] of standsFor) {
    const clusterId = clusterOfAlarm.get(alarmId);
    if (clusterId === undefined) throw new Error(`alarm ${alarmId} stands in no cluster`);
    clusterOf.set(lineId, clusterId);
  }
  return { clusterOf, rootsOf };
}
