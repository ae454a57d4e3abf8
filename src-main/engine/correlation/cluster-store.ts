import { and, eq, gte, or } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import type { AlarmRow } from '../alarms/alarm-rules.ts';
import { alarms } from '../alarms/alarms.schema.ts';
import type { SqliteClient } from '../store/database.ts';
import { prepareUpsert } from '../store/prepared-upsert.ts';
import { createRecentRows } from '../store/recent-rows.ts';
import { selectedColumns } from '../store/selected-columns.ts';
import type { ClusterRow } from './cluster-wire.ts';
import { clusterMembers, clusters } from './clusters.schema.ts';
import type { CorrelationAlarm, MemberExplanation, StoredCluster } from './correlator.ts';

/** Clusters on the writer's connection. */
export interface ClusterStore {
  byId(clusterId: string): ClusterRow | null;
  save(cluster: ClusterRow): void;
  /** Forgets the rows that are held, after a transaction that was rolled back. */
  reset(): void;
  addMember(clusterId: string, member: MemberExplanation): void;
  removeMember(clusterId: string, alarmId: string): void;
  memberIds(clusterId: string): string[];
  /** Active clusters that have no incident. */
  withoutIncident(): string[];
  tenants(): string[];
  /** Clusters that still matter to correlation: active, or last raised at or after `since` (ms). */
  restorable(tenantId: string, since: number): StoredCluster[];
}

/** What correlation needs to know of a stored alarm. */
export function alarmForCorrelation(row: AlarmRow): CorrelationAlarm {
  return {
    alarmId: row.alarmId,
    entityId: row.entityId,
    alarmType: row.alarmType,
    specificProblem: row.specificProblem,
    severity: row.severity,
    raisedAt: row.raisedAt,
    clearedAt: row.clearedAt,
    sourceSystem: row.sourceSystem,
    text: row.text,
  };
}

/** A row as SQLite gives it. */
type StoredRow = Omit<ClusterRow, 'isEmergencyService' | 'candidates'> & {
  readonly isEmergencyService: number;
  readonly candidates: string;
};

/** Clusters held: a storm begins with about as many as it has alarms. */
const recentMax = 8_000;

export function createClusterStore(client: SqliteClient): ClusterStore {
  const orm = drizzle(client);
  const byId = client.prepare<[string], StoredRow>(
    `SELECT ${selectedColumns(clusters)} FROM clusters WHERE cluster_id = ?`,
  );
  const upsert = prepareUpsert(client, clusters, ['clusterId'], ['tenantId', 'createdAt']);
  const recent = createRecentRows<ClusterRow>(recentMax);
  const addMember = client.prepare(
    `INSERT INTO cluster_members (cluster_id, alarm_id, because, linked_to, score) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET because = excluded.because, linked_to = excluded.linked_to, score = excluded.score`,
  );
  const removeMember = client.prepare('DELETE FROM cluster_members WHERE cluster_id = ? AND alarm_id = ?');
  const memberIds = client.prepare('SELECT alarm_id FROM cluster_members WHERE cluster_id = ?').pluck();
  const activeWithoutIncident = client
    .prepare(`SELECT cluster_id FROM clusters WHERE state = 'active' AND incident_id IS NULL`)
    .pluck();
  return {
    byId(clusterId) {
      const known = recent.get(clusterId);
      if (known !== undefined) return known;
      const stored = byId.get(clusterId);
      if (stored === undefined) return null;
      const { isEmergencyService, candidates, ...rest } = stored;
      const row = { ...rest, isEmergencyService: isEmergencyService === 1, candidates: JSON.parse(candidates) };
      recent.put(clusterId, row);
      return row;
    },
    save(cluster) {
      recent.put(cluster.clusterId, cluster);
      upsert(cluster);
    },
    reset: () => recent.clear(),
    addMember: (clusterId, member) => {
      addMember.run(clusterId, member.alarmId, member.because, member.linkedTo, member.score);
    },
    removeMember: (clusterId, alarmId) => {
      removeMember.run(clusterId, alarmId);
    },
    memberIds: (clusterId) => memberIds.all(clusterId).map(String),
    withoutIncident: () => activeWithoutIncident.all().map(String),
    tenants: () =>
      orm
        .selectDistinct({ tenantId: clusters.tenantId })
        .from(clusters)
        .all()
        .map((row) => row.tenantId),
    restorable(tenantId, since) {
      const rows = orm
        .select({ member: clusterMembers, alarm: alarms, candidates: clusters.candidates })
        .from(clusters)
        .innerJoin(clusterMembers, eq(clusterMembers.clusterId, clusters.clusterId))
        .innerJoin(alarms, eq(alarms.alarmId, clusterMembers.alarmId))
        .where(
          and(
            eq(clusters.tenantId, tenantId),
            eq(alarms.clusterId, clusters.clusterId),
            or(eq(clusters.state, 'active'), and(eq(clusters.state, 'cleared'), gte(clusters.lastRaisedAt, since))),
          ),
        )
        .orderBy(clusters.clusterId, alarms.raisedAt, alarms.alarmId)
        .all();
      const byCluster = Map.groupBy(rows, (row) => row.member.clusterId);
      return [...byCluster].map(([clusterId, members]) => ({
        clusterId,
        candidates: (members[0]?.candidates ?? []).map((candidate) => ({
          entityId: candidate.entity_id,
          alarmId: candidate.alarm_id,
          confidence: candidate.confidence,
          because: candidate.because,
        })),
        members: members.map(({ member, alarm }) => ({
          alarm: alarmForCorrelation(alarm),
          explanation: {
            alarmId: alarm.alarmId,
            because: member.because,
            linkedTo: member.linkedTo,
            score: member.score,
          },
        })),
      }));
    },
  };
}
