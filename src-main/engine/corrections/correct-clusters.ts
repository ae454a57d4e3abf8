import type { ClusterCorrected } from '#shared/events/events.ts';
import type { AlarmRow } from '../alarms/alarm-rules.ts';
import type { JournalEntry } from '../core/journal-entry.ts';
import type { WorkingSet } from '../core/working-set.ts';
import type { ClusterChange } from '../correlation/correlator.ts';
import type { TopologyDirectory } from '../topology/topology-directory.ts';
import type { CorrectedCorrelator, Correction } from './correction.ts';
import { causeHabits, type HabitAlarm, habitsOf, sureAfter } from './habit-rules.ts';

/** Carries a correction of the journal out: in the correlator, in what is kept for the next start, and as a habit. */
export function correctClusters(
  entry: JournalEntry,
  event: ClusterCorrected,
  set: WorkingSet,
  ports: {
    readonly correlator: CorrectedCorrelator;
    readonly topology: TopologyDirectory;
    readonly rulesChanged: (tenantId: string) => void;
  },
): ClusterChange[] {
  const { corrections } = set.stores;
  const { tenant_id: tenantId, cluster_id: clusterId, to_cluster_id: to } = event;
  const correction = asCorrection(event);
  const members = new Map(set.alarmsInCluster(clusterId).map((alarm) => [alarm.alarmId, alarm]));
  const habitOf = (alarm: AlarmRow): HabitAlarm => ({
    entityId: alarm.entityId,
    entityType: ports.topology.typeOf(tenantId, alarm.entityId) ?? '',
    alarmType: alarm.alarmType,
    site: ports.topology.siteOf(tenantId, alarm.entityId),
  });
  const causeOf = (entityId: string, alarmId: string | null): HabitAlarm => ({
    entityId,
    entityType: ports.topology.typeOf(tenantId, entityId) ?? '',
    alarmType: alarmId === null ? '' : (set.alarm(alarmId)?.alarmType ?? ''),
    site: ports.topology.siteOf(tenantId, entityId),
  });
  const note = (moved: readonly AlarmRow[], others: readonly AlarmRow[], isTogether: boolean): void =>
    corrections.noteHabits(
      tenantId,
      habitsOf(moved.map(habitOf), others.map(habitOf), isTogether),
      event.correction === 'apart' ? sureAfter : 1,
      entry.recordedAt,
      event.operator,
    );

  corrections.record(clusterId, entry.position, true);
  if (to !== null) corrections.record(to, entry.position, true);
  if (correction.kind === 'cause') {
    corrections.nameCause(tenantId, correction);
    const [first] = set.cluster(clusterId)?.candidates ?? [];
    if (first !== undefined) {
      const named = causeOf(correction.entityId, correction.alarmId);
      const habits = causeHabits(named, causeOf(first.entity_id, first.alarm_id));
      corrections.noteHabits(tenantId, habits, 1, entry.recordedAt, event.operator);
    }
  } else if (correction.kind === 'merge') {
    corrections.letTogether(correction.from, correction.into);
    for (const alarmId of members.keys())
      corrections.pin(tenantId, { alarmId, clusterId: correction.into, leads: true, because: correction.because });
    note([...members.values()], set.alarmsInCluster(correction.into), true);
  } else {
    const moved = event.alarm_ids.flatMap((alarmId) => members.get(alarmId) ?? []);
    for (const { alarmId } of moved) members.delete(alarmId);
    corrections.keepApart(tenantId, clusterId, correction.clusterId);
    for (const { alarmId } of moved)
      corrections.pin(tenantId, {
        alarmId,
        clusterId: correction.clusterId,
        leads: false,
        because: correction.because,
      });
    note(moved, [...members.values()], false);
    note(moved, set.alarmsInCluster(correction.clusterId), true);
  }
  // A habit may have become sure; what its rule changes is told together with the correction.
  ports.rulesChanged(tenantId);
  return ports.correlator.correct(correction);
}

function asCorrection(event: ClusterCorrected): Correction {
  const { operator, note } = event;
  const because = (what: string) => `${what} by ${operator}${note === null ? '' : `: ${note}`}`;
  if (event.correction === 'cause') {
    if (event.entity_id === null) throw new Error(`The correction ${event.event_id} names no cause.`);
    const { cluster_id: clusterId, entity_id: entityId, alarm_id: alarmId } = event;
    return { kind: 'cause', clusterId, entityId, alarmId, because: because('named the cause') };
  }
  if (event.to_cluster_id === null) throw new Error(`The correction ${event.event_id} leads nowhere.`);
  if (event.correction === 'merge')
    return { kind: 'merge', from: event.cluster_id, into: event.to_cluster_id, because: because('merged') };
  const verbs = { split: 'split off', move: 'moved here', apart: 'kept apart for good' } as const;
  return {
    kind: 'place',
    alarmIds: event.alarm_ids,
    clusterId: event.to_cluster_id,
    because: because(verbs[event.correction]),
  };
}
