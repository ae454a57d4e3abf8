import { eq, sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import type { SqliteClient } from '../store/database.ts';
import { prepareUpsert } from '../store/prepared-upsert.ts';
import type { IncidentRow } from './incident-rules.ts';
import { incidents } from './incidents.schema.ts';

/** Incidents on the writer's connection. */
export interface IncidentStore {
  byId(incidentId: string): IncidentRow | null;
  save(incident: IncidentRow): void;
  record(position: number, incidentId: string): void;
}

export function createIncidentStore(client: SqliteClient): IncidentStore {
  const orm = drizzle(client);
  const byId = orm
    .select()
    .from(incidents)
    .where(eq(incidents.incidentId, sql.placeholder('incidentId')))
    .prepare();
  const exists = client.prepare('SELECT 1 FROM incidents WHERE incident_id = ?').pluck();
  const record = client.prepare('INSERT INTO incident_history (position, incident_id) VALUES (?, ?)');
  return {
    byId: (incidentId) => (exists.get(incidentId) === undefined ? null : (byId.get({ incidentId }) ?? null)),
    save: prepareUpsert(client, incidents, ['incidentId'], ['tenantId', 'clusterId', 'createdAt']),
    record: (position, incidentId) => {
      record.run(position, incidentId);
    },
  };
}
