import { and, asc, desc, eq, gt, inArray, lt } from 'drizzle-orm';
import type { Incident, IncidentListInput, IncidentTimelineEntry } from '#shared/api/incidents.ts';
import type { JournalEvent } from '#shared/events/events.ts';
import { toTimestamp } from '#shared/vocabulary/time.ts';
import { entryFromRow } from '../journal/journal-store.ts';
import { pageFrom, readCursor } from '../store/cursor.ts';
import type { ReadUnit } from '../store/database.ts';
import { incidentToWire } from './incident-wire.ts';
import { incidents } from './incidents.schema.ts';

/** One page of a tenant's incidents, newest change first. Null when the cursor is not one that a list gave out. */
export function listIncidents(
  unit: ReadUnit,
  tenantId: string,
  input: IncidentListInput,
): { items: Incident[]; next_cursor: string | null } | null {
  const before = readCursor(input.cursor);
  if (before === null) return null;
  const state =
    input.state === 'all'
      ? undefined
      : input.state === 'open'
        ? inArray(incidents.state, ['new', 'acknowledged', 'in_progress'])
        : eq(incidents.state, input.state);
  const rows = unit.orm
    .select()
    .from(incidents)
    .where(
      and(eq(incidents.tenantId, tenantId), before === undefined ? undefined : lt(incidents.sequence, before), state),
    )
    .orderBy(desc(incidents.sequence))
    .limit(input.limit + 1)
    .all();
  return pageFrom(rows, input.limit, incidentToWire);
}

/** One incident of a tenant. */
export function findIncident(unit: ReadUnit, tenantId: string, incidentId: string): Incident | null {
  const row = unit.orm
    .select()
    .from(incidents)
    .where(and(eq(incidents.tenantId, tenantId), eq(incidents.incidentId, incidentId)))
    .get();
  return row === undefined ? null : incidentToWire(row);
}

/** One incident of a tenant with its timeline, oldest first. */
export function getIncident(
  unit: ReadUnit,
  tenantId: string,
  incidentId: string,
): (Incident & { timeline: IncidentTimelineEntry[] }) | null {
  const incident = findIncident(unit, tenantId, incidentId);
  return incident === null ? null : { ...incident, timeline: timelineOf(unit, incidentId) };
}

/** Changed incidents of a tenant after a sequence, oldest change first. */
export function incidentsChangedAfter(unit: ReadUnit, tenantId: string, sequence: number, limit: number) {
  return unit.orm
    .select()
    .from(incidents)
    .where(and(eq(incidents.tenantId, tenantId), gt(incidents.sequence, sequence)))
    .orderBy(asc(incidents.sequence))
    .limit(limit)
    .all();
}

function timelineOf(unit: ReadUnit, incidentId: string): IncidentTimelineEntry[] {
  return unit.client
    .prepare(
      `SELECT j.* FROM incident_history h JOIN journal j ON j.position = h.position WHERE h.incident_id = ? ORDER BY h.position`,
    )
    .all(incidentId)
    .map(entryFromRow)
    .map(({ event, recordedAt }) => ({
      event_id: event.event_id,
      at: toTimestamp(recordedAt),
      operator: 'operator' in event ? event.operator : null,
      what: describe(event),
    }));
}

function describe(event: JournalEvent): string {
  if (event.event_type === 'incident.created')
    return event.operator === null ? `Opened for "${event.title}".` : `Opened by hand: "${event.title}".`;
  if (event.event_type !== 'incident.changed') return event.event_type;
  const parts = [
    event.state === undefined ? null : `State: ${event.state.replace('_', ' ')}.`,
    event.owner === undefined ? null : event.owner === null ? 'Owner removed.' : `Owner: ${event.owner}.`,
    event.title === undefined ? null : `Title: "${event.title}".`,
    event.severity === undefined ? null : `Severity: ${event.severity}.`,
    event.note === undefined ? null : event.note,
  ];
  return parts.filter((part) => part !== null).join(' ');
}
