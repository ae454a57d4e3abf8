import type { SqliteClient } from '../store/database.ts';
import { prepareUpsert } from '../store/prepared-upsert.ts';
import { selectedColumns } from '../store/selected-columns.ts';
import type { IncidentRow } from './incident-rules.ts';
import { incidents } from './incidents.schema.ts';

/** Incidents on the writer's connection. */
export interface IncidentStore {
  byId(incidentId: string): IncidentRow | null;
  save(incident: IncidentRow): void;
  record(position: number, incidentId: string): void;
}

/** A row as SQLite gives it. */
type StoredRow = Omit<IncidentRow, 'isEmergencyService'> & { readonly isEmergencyService: number };

export function createIncidentStore(client: SqliteClient): IncidentStore {
  const byId = client.prepare<[string], StoredRow>(
    `SELECT ${selectedColumns(incidents)} FROM incidents WHERE incident_id = ?`,
  );
  const record = client.prepare('INSERT INTO incident_history (position, incident_id) VALUES (?, ?)');
  return {
    byId(incidentId) {
      const stored = byId.get(incidentId);
      return stored === undefined ? null : { ...stored, isEmergencyService: stored.isEmergencyService === 1 };
    },
    save: prepareUpsert(client, incidents, ['incidentId'], ['tenantId', 'clusterId', 'createdAt']),
    record: (position, incidentId) => {
      record.run(position, incidentId);
    },
  };
}
