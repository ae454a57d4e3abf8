import type { IncidentState } from '#shared/vocabulary/incident-state.ts';

/** A step that a person may take with an incident. */
export interface Move {
  readonly name: 'acknowledge' | 'start' | 'resolve' | 'close' | 'reopen';
  readonly label: string;
  readonly to: IncidentState;
  readonly key: string;
}

const acknowledge: Move = { name: 'acknowledge', label: 'Acknowledge', to: 'acknowledged', key: 'a' };
const start: Move = { name: 'start', label: 'Start work', to: 'in_progress', key: 'w' };
const resolve: Move = { name: 'resolve', label: 'Resolve', to: 'resolved', key: 'r' };
const close: Move = { name: 'close', label: 'Close', to: 'closed', key: 'l' };
const reopen: Move = { name: 'reopen', label: 'Reopen', to: 'in_progress', key: 'R' };

const offered: Readonly<Record<IncidentState, readonly Move[]>> = {
  new: [acknowledge],
  acknowledged: [start, resolve],
  in_progress: [resolve],
  resolved: [close, reopen],
  closed: [reopen],
};

/** The steps to offer, the usual one first. The engine decides; it may refuse one when somebody else was quicker. */
export function offeredMoves(state: IncidentState): readonly Move[] {
  return offered[state];
}

/** Whether people still have to do something about it. */
export function isOpen(state: IncidentState): boolean {
  return state !== 'resolved' && state !== 'closed';
}

const words: Readonly<Record<IncidentState, string>> = {
  new: 'new',
  acknowledged: 'acknowledged',
  in_progress: 'in progress',
  resolved: 'resolved',
  closed: 'closed',
};

/** A state as people say it. */
export function stateWords(state: IncidentState): string {
  return words[state];
}
