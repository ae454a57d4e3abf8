import type { Incident } from '#shared/api/incidents.ts';
import { type IncidentState, incidentStates } from '#shared/vocabulary/incident-state.ts';
import { severityRank } from '#shared/vocabulary/severity.ts';
import { isOpen } from './life-cycle.ts';

/** Which incidents are listed. */
export interface IncidentFilter {
  readonly state: IncidentState | 'open' | 'all';
  readonly owner: 'anybody' | 'me' | 'nobody';
  /** Words that must all occur in title, entity, owner or id. */
  readonly words: string;
}

export const incidentStateFilters = ['open', ...incidentStates, 'all'] as const;
export const incidentOwnerFilters = ['anybody', 'me', 'nobody'] as const;

/** Columns by which the list can be sorted. `urgency` is severity with emergency services first, then age. */
export const incidentSortKeys = ['urgency', 'title', 'state', 'owner', 'alarms', 'age'] as const;
export type IncidentSortKey = (typeof incidentSortKeys)[number];

export interface IncidentSort {
  readonly key: IncidentSortKey;
  readonly descending: boolean;
}

/** Whether an incident is in a state that the filter asks for. */
export function isInState(incident: Incident, state: IncidentFilter['state']): boolean {
  if (state === 'all') return true;
  return state === 'open' ? isOpen(incident.state) : incident.state === state;
}

/** The incidents that a filter lists. `operator` is who "me" is. */
export function filterIncidents(incidents: readonly Incident[], filter: IncidentFilter, operator: string): Incident[] {
  const words = filter.words
    .toLowerCase()
    .split(/\s+/u)
    .filter((word) => word !== '');
  return incidents.filter(
    (incident) =>
      isInState(incident, filter.state) && isOwnedAs(incident, filter.owner, operator) && hasWords(incident, words),
  );
}

function isOwnedAs(incident: Incident, owner: IncidentFilter['owner'], operator: string): boolean {
  if (owner === 'anybody') return true;
  return owner === 'nobody' ? incident.owner === null : incident.owner === operator;
}

function hasWords(incident: Incident, words: readonly string[]): boolean {
  if (words.length === 0) return true;
  const text = [incident.title, incident.entity_id ?? '', incident.owner ?? '', incident.incident_id]
    .join('\n')
    .toLowerCase();
  return words.every((word) => text.includes(word));
}

/** How many incidents each state filter would list, owner and words left aside. */
export function countStates(incidents: readonly Incident[]): ReadonlyMap<IncidentFilter['state'], number> {
  return new Map(
    incidentStateFilters.map((state) => [state, incidents.filter((incident) => isInState(incident, state)).length]),
  );
}

/** Sorts; equal ones by age, the oldest first, then by id. */
export function sortIncidents(incidents: readonly Incident[], { key, descending }: IncidentSort): Incident[] {
  const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });
  const primary: Readonly<Record<IncidentSortKey, (left: Incident, right: Incident) => number>> = {
    urgency: (left, right) => urgency(left) - urgency(right),
    title: (left, right) => collator.compare(left.title, right.title),
    state: (left, right) => incidentStates.indexOf(left.state) - incidentStates.indexOf(right.state),
    owner: (left, right) => collator.compare(left.owner ?? '', right.owner ?? ''),
    alarms: (left, right) => left.alarm_count - right.alarm_count,
    age: (left, right) => createdAt(right) - createdAt(left),
  };
  const direction = descending ? -1 : 1;
  return incidents.toSorted(
    (left, right) =>
      direction * primary[key](left, right) ||
      createdAt(left) - createdAt(right) ||
      (left.incident_id < right.incident_id ? -1 : 1),
  );
}

/** An emergency service goes before everything; what is over goes last. */
function urgency(incident: Incident): number {
  return (
    (isOpen(incident.state) ? 100 : 0) + (incident.is_emergency_service ? 10 : 0) + severityRank(incident.severity)
  );
}

function createdAt(incident: Incident): number {
  return Date.parse(incident.created_at);
}

/** The clock of an incident: what it counts, and between which moments. `until` null: it still runs. */
export interface IncidentClock {
  readonly counts: 'waits' | 'open' | 'took';
  readonly since: number;
  readonly until: number | null;
}

/** Unacknowledged it waits, then it is open, and resolved it took as long as it took. */
export function incidentClock(incident: Incident): IncidentClock {
  const since = createdAt(incident);
  if (incident.state === 'new') return { counts: 'waits', since, until: null };
  if (isOpen(incident.state) || incident.resolved_at === null) return { counts: 'open', since, until: null };
  return { counts: 'took', since, until: Date.parse(incident.resolved_at) };
}
