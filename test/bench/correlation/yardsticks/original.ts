import { highestSeverity, type Severity } from '#shared/vocabulary/severity.ts';
import type { Answer } from '#test/support/scoring/score.ts';
import { mostFrequentEntities, type YardstickAlarm } from './input.ts';

export interface OriginalCluster {
  readonly alarms: readonly YardstickAlarm[];
  readonly rootEntity: string;
  readonly severity: Severity;
  readonly isEmergencyService: boolean;
}

interface Group {
  readonly alarmType: string;
  readonly alarms: YardstickAlarm[];
  readonly first: number;
  readonly last: number;
}

const gap = 5 * 60_000;

function splitPerEntity(alarms: readonly YardstickAlarm[]): Group[] {
  const perEntity = new Map<string, YardstickAlarm[]>();
  for (const alarm of alarms) {
    const list = perEntity.get(alarm.entityId);
    if (list === undefined) perEntity.set(alarm.entityId, [alarm]);
    else list.push(alarm);
  }
  const groups: Group[] = [];
  for (const list of perEntity.values()) {
    let current: YardstickAlarm[] = [];
    const close = (): void => {
      const [first, last] = [current[0], current.at(-1)];
      if (first !== undefined && last !== undefined) {
        groups.push({ alarmType: first.alarmType, alarms: current, first: first.at, last: last.at });
      }
      current = [];
    };
    for (const alarm of list) {
      const previous = current.at(-1);
      if (previous !== undefined && alarm.at - previous.at > gap) close();
      current.push(alarm);
    }
    close();
  }
  return groups;
}

/**
 * The original system's algorithm: alarms of one entity, split where it was quiet for more than five minutes; then groups
 * of the same alarm type (that of their first alarm) join the first such group whose own range, widened by five minutes, they
 * overlap. Root: the entity with most alarms; severity: the highest, critical with an emergency service. `alarms` sorted by time.
 */
export function correlateOriginal(
  alarms: readonly YardstickAlarm[],
  emergency: ReadonlySet<string>,
): OriginalCluster[] {
  const perType = new Map<string, Group[]>();
  for (const group of splitPerEntity(alarms)) {
    const list = perType.get(group.alarmType);
    if (list === undefined) perType.set(group.alarmType, [group]);
    else list.push(group);
  }
  const clusters: OriginalCluster[] = [];
  for (const groups of perType.values()) {
    const taken = new Array<boolean>(groups.length).fill(false);
    for (const [position, base] of groups.entries()) {
      if (taken[position] === true) continue;
      const members = [...base.alarms];
      for (let other = position + 1; other < groups.length; other++) {
        const candidate = groups[other];
        if (candidate === undefined || taken[other] === true) continue;
        if (candidate.first <= base.last + gap && candidate.last >= base.first - gap) {
          for (const alarm of candidate.alarms) members.push(alarm);
          taken[other] = true;
        }
      }
      const isEmergencyService = members.some((alarm) => emergency.has(alarm.entityId));
      clusters.push({
        alarms: members,
        rootEntity: mostFrequentEntities(members)[0] ?? '',
        severity: isEmergencyService ? 'critical' : members.map((alarm) => alarm.severity).reduce(highestSeverity),
        isEmergencyService,
      });
    }
  }
  return clusters;
}

/** The same, as an answer that can be scored. */
export function answerOriginal(alarms: readonly YardstickAlarm[], emergency: ReadonlySet<string>): Answer {
  const clusterOf = new Map<string, string>();
  const rootsOf = new Map<string, readonly string[]>();
  for (const [number, cluster] of correlateOriginal(alarms, emergency).entries()) {
    const clusterId = `c${number}`;
    for (const alarm of cluster.alarms) clusterOf.set(alarm.alarmId, clusterId);
    rootsOf.set(clusterId, mostFrequentEntities(cluster.alarms).slice(0, 3));
  }
  return { clusterOf, rootsOf };
}
