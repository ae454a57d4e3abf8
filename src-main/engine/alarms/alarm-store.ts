import { eq, sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import type { SqliteClient } from '../store/database.ts';
import { prepareUpsert } from '../store/prepared-upsert.ts';
import { type AlarmRow, isLive } from './alarm-rules.ts';
import { type alarmHistory, alarms } from './alarms.schema.ts';

/** Alarms on the writer's connection: single rows by key. */
export interface AlarmStore {
  byIdentity(tenantId: string, entityId: string, alarmType: string, specificProblem: string): AlarmRow | null;
  byId(alarmId: string): AlarmRow | null;
  inCluster(clusterId: string): AlarmRow[];
  save(alarm: AlarmRow): void;
  record(position: number, alarmId: string, outcome: typeof alarmHistory.$inferInsert.outcome): void;
}

export function createAlarmStore(client: SqliteClient): AlarmStore {
  const orm = drizzle(client);
  const identity = client
    .prepare(
      'SELECT alarm_id FROM alarms WHERE tenant_id = ? AND entity_id = ? AND alarm_type = ? AND specific_problem = ?',
    )
    .pluck();
  const byId = orm
    .select()
    .from(alarms)
    .where(eq(alarms.alarmId, sql.placeholder('alarmId')))
    .prepare();
  const inCluster = orm
    .select()
    .from(alarms)
    .where(eq(alarms.clusterId, sql.placeholder('clusterId')))
    .prepare();
  const upsert = prepareUpsert(client, alarms, ['alarmId'], ['tenantId', 'entityId', 'alarmType', 'specificProblem']);
  const record = client.prepare('INSERT INTO alarm_history (position, alarm_id, outcome) VALUES (?, ?, ?)');
  const load = (alarmId: string) => byId.get({ alarmId }) ?? null;
  return {
    byIdentity(tenantId, entityId, alarmType, specificProblem) {
      const alarmId = identity.get(tenantId, entityId, alarmType, specificProblem);
      return typeof alarmId === 'string' ? load(alarmId) : null;
    },
    byId: load,
    inCluster: (clusterId) => inCluster.all({ clusterId }),
    save: (alarm) => upsert({ ...alarm, isLive: isLive(alarm) }),
    record: (position, alarmId, outcome) => {
      record.run(position, alarmId, outcome);
    },
  };
}
