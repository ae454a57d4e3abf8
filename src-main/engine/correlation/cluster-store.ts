import type { RootCause } from '#shared/api/clusters.ts';
import type { AlarmRow } from '../alarms/alarm-rules.ts';
import type { SqliteClient } from '../store/database.ts';
import { prepareUpsert } from '../store/prepared-upsert.ts';
import { createRecentRows } from '../store/recent-rows.ts';
import { selectedColumns } from '../store/selected-columns.ts';
import type { ClusterRow } from './cluster-wire.ts';
import { clusters } from './clusters.schema.ts';
import type { CorrelationAlarm, MemberExplanation, RootCauseCandidate, StoredCluster } from './correlator.ts';

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
  /**
   * Clusters that still matter to correlation, by name: the active ones, and of those that were cleared last, as many as
   * correlation can weigh, the ones that were raised at or after `since` (ms).
   */
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

type StoredMember = StoredCluster['members'][number];

/** One member of a cluster that is to be restored, with what its cluster says. */
type RestorableRow = CorrelationAlarm &
  Omit<MemberExplanation, 'alarmId'> & { readonly clusterId: string; readonly candidates: string };

function byRaising({ alarm: left }: StoredMember, { alarm: right }: StoredMember): number {
  return left.raisedAt - right.raisedAt || (left.alarmId < right.alarmId ? -1 : 1);
}

function candidatesFrom(json: string): RootCauseCandidate[] {
  const stored: readonly RootCause[] = JSON.parse(json);
  return stored.map((candidate) => ({
    entityId: candidate.entity_id,
    alarmId: candidate.alarm_id,
    confidence: candidate.confidence,
    because: candidate.because,
  }));
}

/** Clusters that were cleared are given back to correlation at most. */
const clearedMax = 8_000;

/** Clusters held: a storm begins with about as many as it has alarms. */
const recentMax = 8_000;

export function createClusterStore(client: SqliteClient): ClusterStore {
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
  // CROSS JOIN keeps this order of the tables, so that the rows of a cluster follow each other.
  const membersOf = client.prepare<[string, string, number, number], RestorableRow>(
    `SELECT c.cluster_id AS "clusterId", c.candidates, m.because, m.linked_to AS "linkedTo", m.score, a.alarm_id AS "alarmId",
       a.entity_id AS "entityId", a.alarm_type AS "alarmType", a.specific_problem AS "specificProblem", a.severity,
       a.raised_at AS "raisedAt", a.cleared_at AS "clearedAt", a.source_system AS "sourceSystem", a.text
     FROM clusters c CROSS JOIN cluster_members m ON m.cluster_id = c.cluster_id
       CROSS JOIN alarms a ON a.alarm_id = m.alarm_id AND a.cluster_id = c.cluster_id
     WHERE c.tenant_id = ? AND c.state = ? AND c.sequence > ? AND c.last_raised_at >= ?`,
  );
  const beforeNewestCleared = client
    .prepare<[string, number], number>(
      `SELECT sequence FROM clusters WHERE tenant_id = ? AND state = 'cleared' ORDER BY sequence DESC LIMIT 1 OFFSET ?`,
    )
    .pluck();
  const activeWithoutIncident = client
    .prepare(`SELECT cluster_id FROM clusters WHERE tenant_id = ? AND state = 'active' AND incident_id IS NULL`)
    .pluck();
  const firstTenant = client.prepare<[], string>('SELECT tenant_id FROM clusters ORDER BY tenant_id LIMIT 1').pluck();
  const nextTenant = client
    .prepare<[string], string>('SELECT tenant_id FROM clusters WHERE tenant_id > ? ORDER BY tenant_id LIMIT 1')
    .pluck();
  // From one tenant to the next by the index: looking at every cluster takes seconds after some years.
  const tenants = (): string[] => {
    const found: string[] = [];
    for (let next = firstTenant.get(); next !== undefined; next = nextTenant.get(next)) found.push(next);
    return found;
  };
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
    withoutIncident: () => tenants().flatMap((tenantId) => activeWithoutIncident.all(tenantId).map(String)),
    tenants,
    restorable(tenantId, since) {
      const stored: { clusterId: string; candidates: RootCauseCandidate[]; members: StoredMember[] }[] = [];
      const read = (state: ClusterRow['state'], afterSequence: number, raisedSince: number) => {
        for (const row of membersOf.iterate(tenantId, state, afterSequence, raisedSince)) {
          let cluster = stored.at(-1);
          if (cluster?.clusterId !== row.clusterId) {
            cluster = { clusterId: row.clusterId, candidates: candidatesFrom(row.candidates), members: [] };
            stored.push(cluster);
          }
          const { candidates: _candidates, clusterId: _clusterId, because, linkedTo, score, ...alarm } = row;
          cluster.members.push({ alarm, explanation: { alarmId: row.alarmId, because, linkedTo, score } });
        }
      };
      read('active', -1, Number.MIN_SAFE_INTEGER);
      read('cleared', beforeNewestCleared.get(tenantId, clearedMax) ?? -1, since);
      for (const { members } of stored) members.sort(byRaising);
      stored.sort((left, right) => (left.clusterId < right.clusterId ? -1 : 1));
      return stored;
    },
  };
}
