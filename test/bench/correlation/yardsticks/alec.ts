import type { Answer } from '#test/support/scoring/score.ts';
import type { TopologyFile } from '#test/support/simulator/network/export.ts';
import type { YardstickAlarm } from './input.ts';

const alpha = 144.47;
const beta = 0.5526;
const epsilon = 100;
const spatialPerHop = 100;
const millisecondsPerMinute = 60_000;

/** The published distance between two alarms; those at most `epsilon` apart are linked. */
export function alecDistance(minutes: number, hops: number): number {
  return alpha * (beta * minutes + (1 - beta) * ((hops * spatialPerHop) / 100));
}

/** Milliseconds within which two alarms so many hops apart are linked; negative when they never are. */
function reachMilliseconds(hops: number): number {
  return ((epsilon / alpha - (1 - beta) * hops) / beta) * millisecondsPerMinute;
}

function findRoot(parents: number[], item: number): number {
  let current = item;
  for (;;) {
    const parent = parents[current] ?? current;
    if (parent === current) return current;
    const grandparent = parents[parent] ?? parent;
    parents[current] = grandparent;
    current = grandparent;
  }
}

/**
 * The clustering that ALEC publishes: connected components under its space-time distance. Our reading: spatial is 100 a hop over every
 * link of the topology whatever its kind, 0 on the same entity. Then the same entity links within 75 s, a neighbour within
 * 26 s, two hops never; so only the last alarm of an entity and of its neighbours need be looked at. It names no root: the
 * entities that alarmed first are taken. `alarms` sorted by time.
 */
export function answerAlec(topology: TopologyFile, alarms: readonly YardstickAlarm[]): Answer {
  const neighbours = new Map<string, Set<string>>();
  const join = (from: string, to: string): void => {
    const set = neighbours.get(from) ?? new Set<string>();
    neighbours.set(from, set);
    set.add(to);
  };
  for (const link of topology.links) {
    join(link.from, link.to);
    join(link.to, link.from);
  }
  const parents = alarms.map((_, position) => position);
  const latest = new Map<string, { position: number; at: number }>();
  const [sameEntity, neighbour] = [reachMilliseconds(0), reachMilliseconds(1)];
  const link = (position: number, at: number, entityId: string, reach: number): void => {
    const other = latest.get(entityId);
    if (other === undefined || at - other.at > reach) return;
    const [left, right] = [findRoot(parents, position), findRoot(parents, other.position)];
    parents[Math.max(left, right)] = Math.min(left, right);
  };
  for (const [position, alarm] of alarms.entries()) {
    link(position, alarm.at, alarm.entityId, sameEntity);
    for (const entityId of neighbours.get(alarm.entityId) ?? []) link(position, alarm.at, entityId, neighbour);
    latest.set(alarm.entityId, { position, at: alarm.at });
  }
  const clusterOf = new Map<string, string>();
  const rootsOf = new Map<string, string[]>();
  for (const [position, alarm] of alarms.entries()) {
    const clusterId = `c${findRoot(parents, position)}`;
    clusterOf.set(alarm.alarmId, clusterId);
    const roots = rootsOf.get(clusterId) ?? [];
    rootsOf.set(clusterId, roots);
    if (roots.length < 3 && !roots.includes(alarm.entityId)) roots.push(alarm.entityId);
  }
  return { clusterOf, rootsOf };
}
