import { desc, eq } from 'drizzle-orm';
import type { ClusterTimelineEntry } from '#shared/api/clusters.ts';
import type { GroupingHabit } from '#shared/api/grouping.ts';
import type { JournalEvent } from '#shared/events/events.ts';
import { toTimestamp } from '#shared/vocabulary/time.ts';
import { entryFromRow } from '../journal/journal-store.ts';
import type { ReadUnit } from '../store/database.ts';
import { groupingHabits } from './corrections.schema.ts';
import { describeHabit, verdictOf } from './habit-rules.ts';

/** What happened to a cluster as a whole, oldest first: how it grew, what joined and left it, and what people corrected. */
export function timelineOfCluster(unit: ReadUnit, clusterId: string): ClusterTimelineEntry[] {
  const rows = unit
    .statement(
      `SELECT j.* FROM cluster_history h JOIN journal j ON j.position = h.position WHERE h.cluster_id = ?
       ORDER BY h.position DESC LIMIT 500`,
    )
    .all(clusterId);
  return rows.reverse().map((row) => {
    const { event, recordedAt } = entryFromRow(row);
    return {
      event_id: event.event_id,
      at: toTimestamp(recordedAt),
      operator: event.event_type === 'cluster.corrected' ? event.operator : null,
      what: wordsOf(event, clusterId),
    };
  });
}

function wordsOf(event: JournalEvent, clusterId: string): string {
  switch (event.event_type) {
    case 'alarm_cluster.created':
      return `became a happening of ${event.alarm_count} alarms; the cause is likely ${event.root_cause_entity_id}`;
    case 'alarm_cluster.updated':
      return `${event.alarm_count} alarms, ${event.severity}; the cause is likely ${event.root_cause_entity_id}`;
    case 'alarm_cluster.merged':
      if (event.cluster_id !== clusterId) return `took in the cluster ${event.cluster_id}: one happening`;
      return event.merged_into === null ? 'was dissolved' : `went into the cluster ${event.merged_into}: one happening`;
    case 'alarm_cluster.split':
      return `${event.moved_count} alarms left: another happening; ${event.alarm_count} stay`;
    case 'cluster.corrected':
      return correctionWords(event, clusterId) + (event.note === null ? '' : `: ${event.note}`);
    default:
      return event.event_type;
  }
}

function correctionWords(event: Extract<JournalEvent, { event_type: 'cluster.corrected' }>, clusterId: string): string {
  const count = `${event.alarm_ids.length} ${event.alarm_ids.length === 1 ? 'alarm' : 'alarms'}`;
  const isSource = event.cluster_id === clusterId;
  switch (event.correction) {
    case 'cause':
      return `named ${event.entity_id} as the cause`;
    case 'merge':
      return isSource ? `merged it into ${event.to_cluster_id}` : `merged ${event.cluster_id} into it`;
    case 'apart':
      return isSource
        ? `kept ${count} apart from the rest for good`
        : `kept ${count} of ${event.cluster_id} apart here`;
    case 'split':
    case 'move':
      return isSource ? `moved ${count} to ${event.to_cluster_id}` : `moved ${count} here from ${event.cluster_id}`;
  }
}

/** How many clusters of two alarms or more began in a period (ms), and how many of those people corrected. */
export function correctionQuality(
  unit: ReadUnit,
  tenantId: string,
  from: number,
  to: number,
): { readonly clusters: number; readonly corrected: number } {
  const row = unit
    .statement(
      `SELECT count(*) AS clusters, sum(EXISTS (
         SELECT 1 FROM cluster_history h WHERE h.cluster_id = c.cluster_id AND h.is_correction = 1)) AS corrected
       FROM clusters c WHERE c.tenant_id = ? AND c.created_at BETWEEN ? AND ?
         AND (c.state <> 'merged' AND c.alarm_count > 1 OR EXISTS (
           SELECT 1 FROM cluster_history h WHERE h.cluster_id = c.cluster_id AND h.is_correction = 1))`,
    )
    .get(tenantId, from, to);
  const read = (name: string) => Number(Reflect.get(Object(row), name) ?? 0);
  return { clusters: read('clusters'), corrected: read('corrected') };
}

/** What people keep correcting, the habit corrected last first. */
export function listHabits(unit: ReadUnit, tenantId: string): GroupingHabit[] {
  return unit.orm
    .select()
    .from(groupingHabits)
    .where(eq(groupingHabits.tenantId, tenantId))
    .orderBy(desc(groupingHabits.lastAt), groupingHabits.leftKind, groupingHabits.rightKind)
    .limit(500)
    .all()
    .map((row) => ({
      left_kind: row.leftKind,
      right_kind: row.rightKind,
      place: row.place,
      words: describeHabit(row),
      together: row.together,
      apart: row.apart,
      verdict: verdictOf(row),
      last_at: toTimestamp(row.lastAt),
      last_by: row.lastBy,
    }));
}
