import type { Cluster } from '#engine/correlation/cluster.ts';
import type { ClusterTable } from '#engine/correlation/cluster-table.ts';
import type { RootCauseCandidate } from '#engine/correlation/correlator.ts';
import type { EntityRegistry } from '#engine/correlation/entity-registry.ts';
import type { Grouping } from '#engine/correlation/grouping.ts';
import type { LiveAlarm } from '#engine/correlation/live-alarm.ts';
import type { Adjacency } from '#engine/correlation/topology-index.ts';

/** A hub with more neighbours than this says nothing about two of them. */
const strangersFrom = 50;
/** Alarms of one type on neighbours of one entity belong together only when they come nearly at once. */
const sameTypeMs = 60_000;

interface Relation {
  readonly adjacency: Adjacency;
  readonly words: string;
  readonly strength: number;
}

/** Groups by closeness: one entity, directly linked entities, one alarm type around a shared neighbour. */
export function createNearbyGrouping(ports: {
  readonly windowMs: number;
  readonly registry: EntityRegistry;
  readonly table: ClusterTable;
}): Grouping {
  const { windowMs, registry, table } = ports;
  const { topology } = registry;
  const latestOf = new Map<number, LiveAlarm>();
  /** Latest alarm of each type among the neighbours of an entity; dropped when its alarms retire. */
  const latestAround = new Map<number, Map<string, LiveAlarm>>();
  const relations: readonly Relation[] = [
    { adjacency: topology.suppliers, words: 'it depends on', strength: 0.9 },
    { adjacency: topology.containers, words: 'it is part of', strength: 0.85 },
    { adjacency: topology.dependants, words: 'it is needed by', strength: 0.8 },
    { adjacency: topology.contents, words: 'it holds', strength: 0.75 },
    { adjacency: topology.peers, words: 'it is connected to', strength: 0.7 },
  ];
  const near = (left: LiveAlarm, right: LiveAlarm, limit: number): boolean =>
    Math.abs(left.raisedAt - right.raisedAt) <= limit;
  const seconds = (left: LiveAlarm, right: LiveAlarm): string =>
    `${Math.round(Math.abs(left.raisedAt - right.raisedAt) / 1000)} s`;

  const join = (alarm: LiveAlarm, other: LiveAlarm, because: string, score: number): void => {
    const target = other.cluster;
    if (target === null || alarm.cluster === target) return;
    const explanation = { alarmId: alarm.id, because, linkedTo: other.id, score };
    const own = alarm.cluster;
    if (own === null) {
      table.place(alarm, target, explanation);
      return;
    }
    const [from, into] = own.settledCount === 0 && own.alarmCount <= target.alarmCount ? [own, target] : [target, own];
    if (from.settledCount > 0) return;
    for (const member of [...from.members]) table.place(member, into, member.explanation);
  };

  const sameType = (alarm: LiveAlarm): void => {
    for (const adjacency of [topology.suppliers, topology.containers, topology.peers]) {
      for (const hub of neighbours(adjacency, alarm.entity)) {
        if (degree(topology.peers, hub) + degree(topology.dependants, hub) > strangersFrom) continue;
        let byType = latestAround.get(hub);
        if (byType === undefined) {
          byType = new Map();
          latestAround.set(hub, byType);
        }
        const other = byType.get(alarm.alarmType);
        byType.set(alarm.alarmType, alarm);
        if (other === undefined || other.entity === alarm.entity || !near(other, alarm, sameTypeMs)) continue;
        join(alarm, other, `the same alarm on ${other.entityId} beside it ${seconds(other, alarm)} apart`, 0.6);
      }
    }
  };

  return {
    admit(alarm) {
      const previous = latestOf.get(alarm.entity);
      if (previous !== undefined && near(previous, alarm, windowMs)) {
        join(alarm, previous, `same entity, ${seconds(previous, alarm)} apart`, 0.95);
      }
      latestOf.set(alarm.entity, alarm);
      for (const { adjacency, words, strength } of relations) {
        for (const entity of neighbours(adjacency, alarm.entity)) {
          const other = latestOf.get(entity);
          if (other === undefined || !near(other, alarm, windowMs)) continue;
          join(alarm, other, `${words} ${other.entityId}, which alarmed ${seconds(other, alarm)} apart`, strength);
        }
      }
      sameType(alarm);
      if (alarm.cluster === null) {
        const because = 'founded this cluster: nothing near it in time and place explains it';
        table.place(alarm, table.found(alarm), { alarmId: alarm.id, because, linkedTo: null, score: 1 });
      }
    },
    retire(alarm) {
      if (latestOf.get(alarm.entity) === alarm) latestOf.delete(alarm.entity);
      for (const adjacency of [topology.suppliers, topology.containers, topology.peers]) {
        for (const hub of neighbours(adjacency, alarm.entity)) {
          const byType = latestAround.get(hub);
          if (byType?.get(alarm.alarmType) !== alarm) continue;
          byType.delete(alarm.alarmType);
          if (byType.size === 0) latestAround.delete(hub);
        }
      }
    },
    readmit(alarm) {
      latestOf.set(alarm.entity, alarm);
    },
    settle() {},
    candidatesOf: (cluster) => rankByDependency(cluster, registry),
  };
}

function degree(adjacency: Adjacency, entity: number): number {
  return (adjacency.offsets[entity + 1] ?? 0) - (adjacency.offsets[entity] ?? 0);
}

function neighbours(adjacency: Adjacency, entity: number): Int32Array {
  const { offsets, targets } = adjacency;
  return targets.subarray(offsets[entity] ?? 0, offsets[entity + 1] ?? 0);
}

/** Candidates in order: those that most other members hang on, then the earliest, then the most severe. */
function rankByDependency(cluster: Cluster, registry: EntityRegistry): RootCauseCandidate[] {
  const { suppliers, containers } = registry.topology;
  const first = new Map<number, LiveAlarm>();
  for (const alarm of cluster.members) {
    const known = first.get(alarm.entity);
    if (known === undefined || alarm.raisedAt < known.raisedAt) first.set(alarm.entity, alarm);
  }
  const leaning = new Map<number, number>();
  const upstreamAlarmed = new Set<number>();
  for (const entity of first.keys()) {
    for (const adjacency of [suppliers, containers]) {
      for (const above of neighbours(adjacency, entity)) {
        if (!first.has(above)) continue;
        leaning.set(above, (leaning.get(above) ?? 0) + 1);
        upstreamAlarmed.add(entity);
      }
    }
  }
  const ranked = [...first.values()].sort((left, right) => {
    const top = Number(upstreamAlarmed.has(left.entity)) - Number(upstreamAlarmed.has(right.entity));
    const weight = (leaning.get(right.entity) ?? 0) - (leaning.get(left.entity) ?? 0);
    return (
      top || weight || left.raisedAt - right.raisedAt || right.severity - left.severity || (left.id < right.id ? -1 : 1)
    );
  });
  return ranked.slice(0, 3).map((alarm, place) => {
    const hang = leaning.get(alarm.entity) ?? 0;
    const because =
      hang > 0
        ? `${hang} alarming ${hang === 1 ? 'entity hangs' : 'entities hang'} on it and nothing above it alarms`
        : 'earliest and most severe among its members';
    return { entityId: alarm.entityId, alarmId: alarm.id, confidence: [0.6, 0.25, 0.15][place] ?? 0.1, because };
  });
}
