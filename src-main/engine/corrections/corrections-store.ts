import { z } from 'zod';
import type { SqliteClient } from '../store/database.ts';
import type { StandingCorrections } from './correction.ts';
import type { Habit } from './habit-rules.ts';

/** What is kept of corrections, on the writer's connection. */
export interface CorrectionsStore {
  pin(tenantId: string, pin: StandingCorrections['pins'][number]): void;
  keepApart(tenantId: string, clusterId: string, otherId: string): void;
  letTogether(clusterId: string, otherId: string): void;
  nameCause(tenantId: string, cause: StandingCorrections['causes'][number]): void;
  /** What still holds of a tenant's corrections: of alarms that stand where they were put. */
  standing(tenantId: string): StandingCorrections;
  /** Puts a journal entry onto a cluster's timeline. */
  record(clusterId: string, position: number, isCorrection: boolean): void;
  /** Counts corrections of each habit. */
  noteHabits(tenantId: string, habits: readonly HabitNote[], times: number, at: number, by: string): void;
  habits(tenantId: string): Habit[];
}

/** Two kinds of alarms that a person put together or apart; see `habit-rules.ts`. */
export interface HabitNote {
  readonly leftKind: string;
  readonly rightKind: string;
  readonly place: string;
  readonly isTogether: boolean;
}

const pinsSchema = z.array(
  z.object({ alarm_id: z.string(), cluster_id: z.string(), leads: z.number(), because: z.string() }),
);
const apartSchema = z.array(z.object({ left_id: z.string(), right_id: z.string() }));
const causesSchema = z.array(
  z.object({ cluster_id: z.string(), entity_id: z.string(), alarm_id: z.string().nullable(), because: z.string() }),
);

const habitsSchema = z.array(
  z.object({
    left_kind: z.string(),
    right_kind: z.string(),
    place: z.string(),
    together: z.number(),
    apart: z.number(),
  }),
);

export function createCorrectionsStore(client: SqliteClient): CorrectionsStore {
  const pin = client.prepare(
    `INSERT INTO cluster_pins (alarm_id, tenant_id, cluster_id, leads, because) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET cluster_id = excluded.cluster_id, leads = excluded.leads, because = excluded.because`,
  );
  const keepApart = client.prepare(
    'INSERT INTO clusters_apart (left_id, right_id, tenant_id) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
  );
  const letTogether = client.prepare('DELETE FROM clusters_apart WHERE left_id = ? AND right_id = ?');
  const cause = client.prepare(
    `INSERT INTO cluster_causes (cluster_id, tenant_id, entity_id, alarm_id, because) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET entity_id = excluded.entity_id, alarm_id = excluded.alarm_id, because = excluded.because`,
  );
  const pins = client.prepare(
    `SELECT p.alarm_id, p.cluster_id, p.leads, p.because FROM cluster_pins p
     JOIN alarms a ON a.alarm_id = p.alarm_id AND a.cluster_id = p.cluster_id WHERE p.tenant_id = ?`,
  );
  const apart = client.prepare(
    `SELECT x.left_id, x.right_id FROM clusters_apart x
     JOIN clusters l ON l.cluster_id = x.left_id AND l.state = 'active'
     JOIN clusters r ON r.cluster_id = x.right_id AND r.state = 'active' WHERE x.tenant_id = ?`,
  );
  const causes = client.prepare(
    `SELECT x.cluster_id, x.entity_id, x.alarm_id, x.because FROM cluster_causes x
     JOIN clusters c ON c.cluster_id = x.cluster_id AND c.state = 'active' WHERE x.tenant_id = ?`,
  );
  const record = client.prepare(
    'INSERT INTO cluster_history (cluster_id, position, is_correction) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
  );
  const habit = client.prepare(
    `INSERT INTO grouping_habits (tenant_id, left_kind, right_kind, place, together, apart, last_at, last_by)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET together = together + excluded.together, apart = apart + excluded.apart,
       last_at = excluded.last_at, last_by = excluded.last_by`,
  );
  const habits = client.prepare(
    'SELECT left_kind, right_kind, place, together, apart FROM grouping_habits WHERE tenant_id = ?',
  );
  const ordered = (left: string, right: string): readonly [string, string] =>
    left < right ? [left, right] : [right, left];
  return {
    pin: (tenantId, { alarmId, clusterId, leads, because }) => {
      pin.run(alarmId, tenantId, clusterId, Number(leads), because);
    },
    keepApart: (tenantId, clusterId, otherId) => {
      keepApart.run(...ordered(clusterId, otherId), tenantId);
    },
    letTogether: (clusterId, otherId) => {
      letTogether.run(...ordered(clusterId, otherId));
    },
    nameCause: (tenantId, { clusterId, entityId, alarmId, because }) => {
      cause.run(clusterId, tenantId, entityId, alarmId, because);
    },
    standing: (tenantId) => ({
      pins: pinsSchema.parse(pins.all(tenantId)).map((row) => ({
        alarmId: row.alarm_id,
        clusterId: row.cluster_id,
        leads: row.leads === 1,
        because: row.because,
      })),
      apart: apartSchema.parse(apart.all(tenantId)).map((row) => [row.left_id, row.right_id] as const),
      causes: causesSchema.parse(causes.all(tenantId)).map((row) => ({
        clusterId: row.cluster_id,
        entityId: row.entity_id,
        alarmId: row.alarm_id,
        because: row.because,
      })),
    }),
    record: (clusterId, position, isCorrection) => {
      // While catching up, an event that follows has no position: it stands in the journal and comes by itself.
      if (position > 0) record.run(clusterId, position, Number(isCorrection));
    },
    noteHabits: (tenantId, notes, times, at, by) => {
      for (const { leftKind, rightKind, place, isTogether } of notes)
        habit.run(tenantId, leftKind, rightKind, place, isTogether ? times : 0, isTogether ? 0 : times, at, by);
    },
    habits: (tenantId) =>
      habitsSchema.parse(habits.all(tenantId)).map((row) => ({
        leftKind: row.left_kind,
        rightKind: row.right_kind,
        place: row.place,
        together: row.together,
        apart: row.apart,
      })),
  };
}
