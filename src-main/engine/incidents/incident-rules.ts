/** The life of an incident: new → acknowledged → in progress → resolved → closed, and reopening. Pure. */

import type { IncidentState } from '#shared/vocabulary/incident-state.ts';
import type { Severity } from '#shared/vocabulary/severity.ts';
import { severityRank } from '#shared/vocabulary/severity.ts';
import type { ClusterRow } from '../correlation/cluster-wire.ts';
import type { incidents } from './incidents.schema.ts';

export type IncidentRow = typeof incidents.$inferSelect;

const moves: Readonly<Record<IncidentState, readonly IncidentState[]>> = {
  new: ['acknowledged'],
  acknowledged: ['in_progress', 'resolved'],
  in_progress: ['resolved'],
  resolved: ['closed', 'in_progress'],
  closed: ['in_progress'],
};

export type MoveResult =
  | { readonly kind: 'moved'; readonly to: IncidentState }
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'refused'; readonly message: string };

const spoken: Readonly<Record<IncidentState, string>> = {
  new: 'new',
  acknowledged: 'acknowledged',
  in_progress: 'in progress',
  resolved: 'resolved',
  closed: 'closed',
};

/** Whether a person may bring an incident from one state to another. Asking for the present state changes nothing. */
export function moveTo(from: IncidentState, to: IncidentState): MoveResult {
  if (from === to) return { kind: 'unchanged' };
  if (moves[from].includes(to)) return { kind: 'moved', to };
  const allowed = moves[from].map((state) => spoken[state]).join(' or ');
  return { kind: 'refused', message: `The incident is ${spoken[from]}; from there it can only become ${allowed}.` };
}

/** The moves that have a name of their own. */
export function namedMove(from: IncidentState, move: 'ack' | 'resolve' | 'close' | 'reopen'): MoveResult {
  switch (move) {
    case 'ack':
      return from === 'in_progress' ? { kind: 'unchanged' } : moveTo(from, 'acknowledged');
    case 'resolve':
      return moveTo(from, 'resolved');
    case 'close':
      return moveTo(from, 'closed');
    case 'reopen':
      return from === 'resolved' || from === 'closed'
        ? { kind: 'moved', to: 'in_progress' }
        : {
            kind: 'refused',
            message: `The incident is ${spoken[from]}; only a resolved or closed one can be reopened.`,
          };
  }
}

/** The incident after a change of state at `now`: the first time of each milestone stands, reopening takes back the end. */
export function withState(incident: IncidentRow, state: IncidentState, now: number): IncidentRow {
  const ended = state === 'resolved' || state === 'closed';
  return {
    ...incident,
    state,
    changedAt: now,
    acknowledgedAt:
      state === 'new'
        ? incident.acknowledgedAt
        : (incident.acknowledgedAt ?? (ended && incident.state === 'new' ? null : now)),
    resolvedAt: state === 'resolved' ? now : state === 'closed' ? incident.resolvedAt : null,
    closedAt: state === 'closed' ? now : null,
  };
}

/**
 * Whether a cluster deserves an incident of its own accord: more than one alarm, a major or critical one, or an
 * emergency service. A lone minor alarm stays a line in the alarm list.
 */
export function opensIncident(
  cluster: Pick<ClusterRow, 'alarmCount' | 'severity' | 'isEmergencyService' | 'state'>,
): boolean {
  if (cluster.state === 'merged') return false;
  return (
    cluster.isEmergencyService || cluster.alarmCount > 1 || severityRank(cluster.severity) >= severityRank('major')
  );
}

/** Severity of an incident: an emergency service forces critical. */
export function incidentSeverity(severity: Severity, isEmergencyService: boolean): Severity {
  return isEmergencyService ? 'critical' : severity;
}
