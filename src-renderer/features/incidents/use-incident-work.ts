import { notifications } from '@mantine/notifications';
import { useRef } from 'react';
import { useConsole, useMay, useSession } from '#renderer/state/hooks.ts';
import { type OperationOutcome, operateIncident } from '#renderer/state/incident-operations.ts';
import type { ConsoleClient } from '#shared/api/contract.ts';
import type { Incident } from '#shared/api/incidents.ts';
import { toTimestamp } from '#shared/vocabulary/time.ts';
import { type Move, stateWords } from './life-cycle.ts';

/** What a person can do with an incident. Each shows at once and says plainly when the engine refused it. */
export interface IncidentWork {
  readonly mayWrite: boolean;
  readonly operator: string;
  move(incident: Incident, move: Move): Promise<boolean>;
  /** Gives it to somebody; null takes the owner away. */
  assign(incident: Incident, owner: string | null): Promise<boolean>;
  note(incident: Incident, text: string): Promise<boolean>;
}

/** Incident operations for the session. */
export function useIncidentWork(): IncidentWork {
  const console = useConsole();
  const operator = useSession()?.operator ?? '';
  const mayWrite = useMay('INCIDENT_WRITE');
  const { incidents } = console.client;

  const last = useRef<Promise<unknown>>(Promise.resolve());

  /** One operation after the other, each on the incident as it is by then: what fails must not undo what came later. */
  function inTurn(
    incident: Incident,
    refusedTitle: string,
    patchOf: (present: Incident) => Partial<Incident>,
    perform: () => Promise<Incident>,
  ): Promise<boolean> {
    const turn = last.current.then(async () => {
      const present = console.store.getState().incidents.byId.get(incident.incident_id) ?? incident;
      return tell(await operateIncident(console, present, patchOf(present), perform), refusedTitle);
    });
    last.current = turn;
    return turn;
  }

  return {
    mayWrite,
    operator,
    move(incident, move) {
      const refused = `${move.label}: refused, nothing was changed`;
      const patchOf = (present: Incident) => shownAfter(present, move, toTimestamp(Date.now()));
      return inTurn(incident, refused, patchOf, () => callMove(incidents, incident.incident_id, move));
    },
    assign(incident, owner) {
      const { incident_id } = incident;
      return inTurn(
        incident,
        'The owner was not changed',
        () => ({ owner }),
        () => (owner === null ? incidents.patch({ incident_id, owner }) : incidents.assign({ incident_id, owner })),
      );
    },
    note(incident, text) {
      const { incident_id } = incident;
      const keep = () => incidents.note({ incident_id, text });
      return inTurn(incident, 'The note was not kept', () => ({}), keep);
    },
  };
}

function callMove(incidents: ConsoleClient['incidents'], incident_id: string, move: Move): Promise<Incident> {
  switch (move.name) {
    case 'acknowledge':
      return incidents.ack({ incident_id });
    case 'start':
      return incidents.patch({ incident_id, state: 'in_progress' });
    case 'resolve':
      return incidents.resolve({ incident_id });
    case 'close':
      return incidents.close({ incident_id });
    case 'reopen':
      return incidents.reopen({ incident_id });
  }
}

/** What the move will have changed, as far as the screen shows it. */
function shownAfter(incident: Incident, { to }: Move, now: string): Partial<Incident> {
  return {
    state: to,
    acknowledged_at: incident.acknowledged_at ?? now,
    resolved_at: to === 'resolved' ? now : to === 'closed' ? incident.resolved_at : null,
    closed_at: to === 'closed' ? now : null,
  };
}

function tell(outcome: OperationOutcome, refusedTitle: string): boolean {
  if (!outcome.ok) {
    notifications.show({
      title: refusedTitle,
      message: `${outcome.title}: ${outcome.detail}`,
      color: 'red',
      autoClose: false,
      role: 'alert',
    });
  }
  return outcome.ok;
}

/** Where a step leads, for buttons whose label alone may surprise. */
export function moveHint(move: Move): string {
  return `It will be ${stateWords(move.to)}`;
}
