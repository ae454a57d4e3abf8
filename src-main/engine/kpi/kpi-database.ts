import Database from 'better-sqlite3';
import type { SqliteClient, Synchronous } from '../store/database.ts';

/**
 * Measurements have a file of their own, `kpi.db`, with a writer of its own: millions of samples never wait for alarms, nor
 * alarms for them. Its tables are made here; `user_version` tells which ones a file has.
 */
export const kpiFileName = 'kpi.db';
const version = 1;

const tables = `
CREATE TABLE series (
  series_id INTEGER PRIMARY KEY,
  tenant_id TEXT NOT NULL,
  entity_id TEXT NOT NULL,
  metric_name TEXT NOT NULL,
  source TEXT,
  last_time INTEGER NOT NULL,
  UNIQUE (tenant_id, entity_id, metric_name)
) STRICT;
CREATE TABLE inbox (
  position INTEGER PRIMARY KEY,
  series_id INTEGER NOT NULL,
  time INTEGER NOT NULL,
  value REAL NOT NULL
) STRICT;
CREATE TABLE blocks (
  series_id INTEGER NOT NULL,
  resolution INTEGER NOT NULL,
  start INTEGER NOT NULL,
  data BLOB NOT NULL,
  UNIQUE (series_id, resolution, start)
) STRICT;
CREATE INDEX blocks_age ON blocks (resolution, start);
CREATE TABLE anomalies (
  anomaly_id TEXT PRIMARY KEY,
  tenant_id TEXT NOT NULL,
  entity_id TEXT NOT NULL,
  metric_name TEXT NOT NULL,
  started_at INTEGER NOT NULL,
  ended_at INTEGER,
  direction TEXT NOT NULL,
  score REAL NOT NULL,
  z_score REAL NOT NULL,
  baseline_mean REAL NOT NULL,
  current_value REAL NOT NULL,
  verdict TEXT
) STRICT;
CREATE INDEX anomalies_by_start ON anomalies (tenant_id, started_at, anomaly_id);
CREATE INDEX anomalies_by_entity ON anomalies (tenant_id, entity_id, started_at);
CREATE TABLE sleeping_cells (
  tenant_id TEXT NOT NULL,
  entity_id TEXT NOT NULL,
  since INTEGER NOT NULL,
  state TEXT NOT NULL,
  loss REAL NOT NULL,
  z_score REAL NOT NULL,
  ended_at INTEGER,
  PRIMARY KEY (tenant_id, entity_id, since)
) STRICT, WITHOUT ROWID;
`;

/** Opens the file for its one writer and makes its tables. Throws when it was written by a newer engine. */
export function openKpiForWriting(file: string, synchronous: Synchronous): SqliteClient {
  const client = new Database(file, { timeout: 10_000 });
  // Blocks are some kilobytes long: fewer of them spill out of a larger page.
  client.pragma('page_size = 8192');
  client.pragma('journal_mode = WAL');
  client.pragma(`synchronous = ${synchronous}`);
  client.pragma('temp_store = MEMORY');
  client.pragma('cache_size = -65536');
  client.pragma('wal_autocheckpoint = 4000');
  const found = Number(client.pragma('user_version', { simple: true }));
  if (found > version) {
    client.close();
    throw new Error(`${file} was written by a newer engine (version ${found}, this one knows ${version}).`);
  }
  if (found === 0)
    client
      .transaction(() => {
        client.exec(tables);
        client.pragma(`user_version = ${version}`);
      })
      .immediate();
  return client;
}
