import type { SleepFinding } from '../detection/cells/cell-watch.ts';
import type { Finding } from '../detection/series-detector.ts';
import type { SqliteClient } from '../store/database.ts';
import type { SeriesKey } from './kpi-store.ts';

/** Writes what detection found: stretches of anomalous values, and sleeping cells. */
export interface FindingStore {
  beginAnomaly(anomalyId: string, series: SeriesKey, time: number, value: number, finding: Finding): void;
  /** Keeps the most extreme value of the stretch. */
  worsenAnomaly(anomalyId: string, value: number, finding: Finding): void;
  endAnomaly(anomalyId: string, time: number): void;
  beginSleep(tenantId: string, entityId: string, sleep: SleepFinding): void;
  followSleep(tenantId: string, entityId: string, sleep: SleepFinding): void;
  endSleep(tenantId: string, entityId: string, since: number, time: number): void;
  /** Ends what a stopped engine left open: detection starts anew and will say it again. */
  endAll(time: number): void;
}

export function createFindingStore(client: SqliteClient): FindingStore {
  const insertAnomaly = client.prepare(
    `INSERT INTO anomalies (anomaly_id, tenant_id, entity_id, metric_name, started_at, direction, score, z_score, baseline_mean, current_value)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
  );
  const worsen = client.prepare(
    `UPDATE anomalies SET score = max(score, @score), z_score = @zScore, baseline_mean = @baseline, current_value = @value
     WHERE anomaly_id = @anomalyId AND abs(z_score) < abs(@zScore)`,
  );
  const endAnomaly = client.prepare('UPDATE anomalies SET ended_at = ? WHERE anomaly_id = ? AND ended_at IS NULL');
  const upsertSleep = client.prepare(
    `INSERT INTO sleeping_cells (tenant_id, entity_id, since, state, loss, z_score) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET state = excluded.state, loss = excluded.loss, z_score = excluded.z_score, ended_at = NULL`,
  );
  const endSleep = client.prepare(
    'UPDATE sleeping_cells SET ended_at = ? WHERE tenant_id = ? AND entity_id = ? AND since = ?',
  );
  const keepSleep = (tenantId: string, entityId: string, { since, state, loss, zScore }: SleepFinding): void => {
    upsertSleep.run(tenantId, entityId, since, state, loss, zScore);
  };
  return {
    beginAnomaly(anomalyId, { tenantId, entityId, metricName }, time, value, finding) {
      const direction = finding.direction < 0 ? 'low' : 'high';
      const { score, zScore, baseline } = finding;
      insertAnomaly.run(anomalyId, tenantId, entityId, metricName, time, direction, score, zScore, baseline, value);
    },
    worsenAnomaly(anomalyId, value, { score, zScore, baseline }) {
      worsen.run({ anomalyId, value, score, zScore, baseline });
    },
    endAnomaly(anomalyId, time) {
      endAnomaly.run(time, anomalyId);
    },
    beginSleep: keepSleep,
    followSleep: keepSleep,
    endSleep(tenantId, entityId, since, time) {
      endSleep.run(time, tenantId, entityId, since);
    },
    endAll(time) {
      client.prepare('UPDATE anomalies SET ended_at = ? WHERE ended_at IS NULL').run(time);
      client.prepare('UPDATE sleeping_cells SET ended_at = ? WHERE ended_at IS NULL').run(time);
    },
  };
}
