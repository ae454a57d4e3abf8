import { alarmNoiseSchema } from '../noise/alarm-noise.ts';
import type { SqliteClient } from '../store/database.ts';
import { prepareUpsert } from '../store/prepared-upsert.ts';
import { createRecentRows } from '../store/recent-rows.ts';
import { selectedColumns } from '../store/selected-columns.ts';
import { type AlarmRow, isLive } from './alarm-rules.ts';
import { type alarmHistory, alarms } from './alarms.schema.ts';

/** Alarms on the writer's connection: single rows by key, through bare statements, because every report passes here. */
export interface AlarmStore {
  byIdentity(identity: AlarmIdentity): AlarmRow | null;
  byId(alarmId: string): AlarmRow | null;
  inCluster(clusterId: string): AlarmRow[];
  save(alarm: AlarmRow): void;
  /** Writes an alarm that stands as before and was only reported again: leaves the columns and indexes of its state alone. */
  saveRepeated(alarm: AlarmRow): void;
  /** Forgets the rows that are held, after a transaction that was rolled back. */
  reset(): void;
  record(position: number, alarmId: string, outcome: typeof alarmHistory.$inferInsert.outcome): void;
  /** Alarms whose holding is over at a time (ms). */
  heldUntil(at: number): string[];
  /** Live alarms of a tenant. */
  live(tenantId: string): AlarmRow[];
}

/** What tells alarms apart (3GPP TS 28.532, RFC 8632 §3.1). */
export type AlarmIdentity = Pick<AlarmRow, 'tenantId' | 'entityId' | 'alarmType' | 'specificProblem'>;

/** One text per identity: names hold no control characters, so that the parts cannot run into each other. */
export function identityKey(alarm: AlarmIdentity): string {
  return `${alarm.tenantId}\n${alarm.entityId}\n${alarm.alarmType}\n${alarm.specificProblem}`;
}

/** Alarms held: as many as correlation weighs at once, and some more. */
const recentMax = 8_000;

/** A row as SQLite gives it: booleans are 0 and 1. */
type StoredAlarm = Omit<AlarmRow, 'isCleared' | 'isAcked' | 'noise'> & {
  readonly isCleared: number;
  readonly isAcked: number;
  readonly isLive: number;
  readonly noise: string | null;
};

function alarmFrom({ isLive: _derived, ...stored }: StoredAlarm): AlarmRow {
  return {
    ...stored,
    isCleared: stored.isCleared === 1,
    isAcked: stored.isAcked === 1,
    noise: stored.noise === null ? null : alarmNoiseSchema.parse(JSON.parse(stored.noise)),
  };
}

export function createAlarmStore(client: SqliteClient): AlarmStore {
  const select = `SELECT ${selectedColumns(alarms)} FROM alarms`;
  const byIdentity = client.prepare<[string, string, string, string], StoredAlarm>(
    `${select} WHERE tenant_id = ? AND entity_id = ? AND alarm_type = ? AND specific_problem = ?`,
  );
  const byId = client.prepare<[string], StoredAlarm>(`${select} WHERE alarm_id = ?`);
  const inCluster = client.prepare<[string], StoredAlarm>(`${select} WHERE cluster_id = ?`);
  const upsert = prepareUpsert(client, alarms, ['alarmId'], ['tenantId', 'entityId', 'alarmType', 'specificProblem']);
  const update = client.prepare(
    `UPDATE alarms SET severity = ?, text = ?, probable_cause = ?, raised_at = ?, last_raised_at = ?, changed_at = ?,
       repeat_count = ?, source_system = ?, sequence = ? WHERE alarm_id = ?`,
  );
  const record = client.prepare('INSERT INTO alarm_history (position, alarm_id, outcome) VALUES (?, ?, ?)');
  const held = client.prepare<[number], string>('SELECT alarm_id FROM alarms WHERE held_until <= ?').pluck();
  const live = client.prepare<[string], StoredAlarm>(`${select} WHERE tenant_id = ? AND is_live = 1`);
  const recent = createRecentRows<AlarmRow>(recentMax);
  const recentByKey = createRecentRows<AlarmRow>(recentMax);
  const hold = (alarm: AlarmRow) => {
    recent.put(alarm.alarmId, alarm);
    recentByKey.put(identityKey(alarm), alarm);
  };
  const found = (stored: StoredAlarm | undefined) => {
    if (stored === undefined) return null;
    const alarm = alarmFrom(stored);
    hold(alarm);
    return alarm;
  };
  return {
    byIdentity: (identity) =>
      recentByKey.get(identityKey(identity)) ??
      found(byIdentity.get(identity.tenantId, identity.entityId, identity.alarmType, identity.specificProblem)),
    byId: (alarmId) => recent.get(alarmId) ?? found(byId.get(alarmId)),
    inCluster: (clusterId) => inCluster.all(clusterId).map(alarmFrom),
    reset: () => {
      recent.clear();
      recentByKey.clear();
    },
    save: (alarm) => {
      hold(alarm);
      upsert({ ...alarm, isLive: isLive(alarm) });
    },
    saveRepeated: (alarm) => {
      hold(alarm);
      update.run(
        alarm.severity,
        alarm.text,
        alarm.probableCause,
        alarm.raisedAt,
        alarm.lastRaisedAt,
        alarm.changedAt,
        alarm.repeatCount,
        alarm.sourceSystem,
        alarm.sequence,
        alarm.alarmId,
      );
    },
    heldUntil: (at) => held.all(at),
    live: (tenantId) => live.all(tenantId).map(alarmFrom),
    record: (position, alarmId, outcome) => {
      record.run(position, alarmId, outcome);
    },
  };
}
