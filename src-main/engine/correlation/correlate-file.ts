import { learnCauses } from '#engine/correlation/causes/learn-causes.ts';
import type { CauseRule, CorrelationEvent, CorrelationTopology, Correlator } from '#engine/correlation/correlator.ts';
import { createCorrelator } from '#engine/correlation/create-correlator.ts';
import { type FoldedCluster, foldChanges } from '#engine/correlation/fold-changes.ts';
import type { FileAlarm } from '#shared/files/alarms-file.ts';
import type { ClusterLine } from '#shared/files/cluster-line.ts';
import type { TopologyFile } from '#shared/files/topology-file.ts';
import { toTimestamp } from '#shared/vocabulary/time.ts';

export interface CorrelateFileInput {
  readonly topology: TopologyFile;
  readonly alarms: readonly FileAlarm[];
  /**
   * Recorded before `alarms`: which alarm type brings which is learned from it, and what is still going on at its end
   * takes part; its alarms are not in the answer.
   */
  readonly history?: readonly FileAlarm[];
  readonly windowSeconds?: number;
  /** Adds the explanation of every member. */
  readonly explain?: boolean;
}

/** Events handed over at once: enough to be quick, few enough to keep the working memory small. */
const batchSize = 5000;

/**
 * Correlates recorded alarms in event-time order; answers one line a cluster, ordered by first alarm. Every alarm stands
 * in exactly one; lines that only clear are no alarms.
 */
export function correlateFile(input: CorrelateFileInput): ClusterLine[] {
  const options = input.windowSeconds === undefined ? {} : { windowSeconds: input.windowSeconds };
  const topology = toCorrelationTopology(input.topology);
  const correlator = createCorrelator({ ...options, topology });
  const folded = new Map<string, FoldedCluster>();
  const past = (input.history ?? []).map((alarm) => ({ ...alarm, alarm_id: historyPrefix + alarm.alarm_id }));
  if (past.length > 0) correlator.setLearnedCauses(causesOf(past, topology));
  if (past.length > 0) feed(correlator, toEvents(past), folded);
  feed(correlator, toEvents(input.alarms), folded);
  const times = new Map(input.alarms.map((alarm) => [alarm.alarm_id, Date.parse(alarm.raised_at)]));
  return [...folded.values()]
    .flatMap((cluster) => (past.length === 0 ? [cluster] : withoutHistory(cluster, times)))
    .sort(
      (left, right) =>
        left.header.firstRaisedAt - right.header.firstRaisedAt ||
        (left.header.clusterId < right.header.clusterId ? -1 : 1),
    )
    .map((cluster) => toClusterLine(cluster, input.explain === true));
}

function causesOf(history: readonly FileAlarm[], topology: CorrelationTopology): CauseRule[] {
  const raised = history
    .filter(({ severity }) => severity !== 'cleared')
    .map((alarm) => ({
      entityId: alarm.entity_id,
      alarmType: alarm.alarm_type,
      raisedAt: Date.parse(alarm.raised_at),
    }));
  return learnCauses(raised, topology).map(({ cause, effect, lagSeconds, confidence }) => ({
    cause,
    effect,
    lagSeconds,
    confidence,
    pinned: false,
  }));
}

/** Keeps alarm ids of the history apart from those of the file to be correlated. */
const historyPrefix = 'history:';

/** The cluster as far as it is about the file's own alarms; nothing where it is about the history only. */
function withoutHistory({ header, members }: FoldedCluster, times: ReadonlyMap<string, number>): FoldedCluster[] {
  const own = new Map([...members].filter(([alarmId]) => times.has(alarmId)));
  if (own.size === 0) return [];
  const raised = [...own.keys()].map((alarmId) => times.get(alarmId) ?? header.firstRaisedAt);
  const candidates = header.candidates.map((candidate) =>
    candidate.alarmId !== null && own.has(candidate.alarmId) ? candidate : { ...candidate, alarmId: null },
  );
  const firstRaisedAt = raised.reduce((left, right) => Math.min(left, right));
  const lastRaisedAt = raised.reduce((left, right) => Math.max(left, right));
  return [{ header: { ...header, candidates, firstRaisedAt, lastRaisedAt }, members: own }];
}

function feed(correlator: Correlator, events: readonly CorrelationEvent[], folded: Map<string, FoldedCluster>): void {
  for (let start = 0; start < events.length; start += batchSize) {
    foldChanges(folded, correlator.apply(events.slice(start, start + batchSize)));
  }
  foldChanges(folded, correlator.settle());
}

/** TOPOLOGY.json as the correlator reads it. */
export function toCorrelationTopology(file: TopologyFile): CorrelationTopology {
  return {
    entities: file.entities.map((entity) => ({
      id: entity.id,
      entityType: entity.entity_type,
      geoLat: entity.geo_lat ?? null,
      geoLon: entity.geo_lon ?? null,
    })),
    links: file.links,
  };
}

/** Raises and clears of recorded alarms in the order of their times; at one time raises come first. */
export function toEvents(alarms: readonly FileAlarm[]): CorrelationEvent[] {
  const timed: { readonly at: number; readonly order: number; readonly event: CorrelationEvent }[] = [];
  const raisedByIdentity = new Map<string, { readonly at: number; readonly id: string }[]>();
  for (const alarm of alarms) {
    const at = Date.parse(alarm.raised_at);
    if (alarm.severity === 'cleared') continue;
    timed.push({
      at,
      order: 0,
      event: {
        kind: 'raised',
        alarm: {
          alarmId: alarm.alarm_id,
          entityId: alarm.entity_id,
          alarmType: alarm.alarm_type,
          specificProblem: alarm.specific_problem,
          severity: alarm.severity,
          raisedAt: at,
          clearedAt: null,
          sourceSystem: alarm.source_system,
          text: alarm.text,
        },
      },
    });
    if (alarm.cleared_at !== null) {
      const clearedAt = Date.parse(alarm.cleared_at);
      timed.push({ at: clearedAt, order: 1, event: { kind: 'cleared', alarmId: alarm.alarm_id, at: clearedAt } });
    }
    const identity = identityOf(alarm);
    const raised = raisedByIdentity.get(identity);
    if (raised === undefined) raisedByIdentity.set(identity, [{ at, id: alarm.alarm_id }]);
    else raised.push({ at, id: alarm.alarm_id });
  }
  for (const alarm of alarms) {
    if (alarm.severity !== 'cleared') continue;
    const at = Date.parse(alarm.raised_at);
    for (const raised of raisedByIdentity.get(identityOf(alarm)) ?? []) {
      if (raised.at <= at) timed.push({ at, order: 1, event: { kind: 'cleared', alarmId: raised.id, at } });
    }
  }
  timed.sort((left, right) => left.at - right.at || left.order - right.order);
  return timed.map(({ event }) => event);
}

/** What makes two messages talk of one alarm: entity, type and specific problem (RFC 8632, 3GPP TS 28.532). */
function identityOf(alarm: FileAlarm): string {
  return JSON.stringify([alarm.entity_id, alarm.alarm_type, alarm.specific_problem]);
}

function toClusterLine(cluster: FoldedCluster, explain: boolean): ClusterLine {
  const { header, members } = cluster;
  const [root] = header.candidates;
  if (root === undefined) throw new Error(`cluster ${header.clusterId} has no root cause candidate`);
  const line: ClusterLine = {
    cluster_id: header.clusterId,
    alarm_ids: [...members.keys()],
    root_cause: { entity_id: root.entityId, alarm_id: root.alarmId, confidence: root.confidence },
    severity: header.severity,
    is_emergency_service: header.isEmergencyService,
    first_raised_at: toTimestamp(header.firstRaisedAt),
    last_raised_at: toTimestamp(header.lastRaisedAt),
  };
  if (!explain) return line;
  return {
    ...line,
    explanation: [...members.values()].map((member) => ({
      alarm_id: member.alarmId,
      because: member.because,
      linked_to: member.linkedTo,
      score: member.score,
    })),
  };
}
