import { createStore, type StoreApi } from 'zustand';
import type { Action } from '#shared/api/actions.ts';
import type { Alarm } from '#shared/api/alarms.ts';
import type { Cluster } from '#shared/api/clusters.ts';
import type { Pulse, Session } from '#shared/api/console.ts';
import type { Incident } from '#shared/api/incidents.ts';
import type { CallError } from '../console-api/call-error.ts';
import type { ConnectionState } from '../console-api/connection.ts';
import type { Collection } from './collection.ts';
import type { Situation } from './situation.ts';

/** What is known of the session. */
export type SessionState =
  | { readonly phase: 'loading' }
  | { readonly phase: 'ready'; readonly session: Session }
  | { readonly phase: 'failed'; readonly error: CallError };

/** Everything that screens show and that comes from the engine by itself. Written by the live feed and the console only. */
export interface ConsoleState {
  readonly connection: ConnectionState;
  readonly session: SessionState;
  /** The tenant that is shown; null while there is none. */
  readonly tenantId: string | null;
  /** A snapshot of this tenant was received in full. */
  readonly hasSnapshot: boolean;
  readonly alarms: Collection<Alarm>;
  readonly clusters: Collection<Cluster>;
  readonly incidents: Collection<Incident>;
  /** Actions that wait for somebody or changed since the console was opened. */
  readonly actions: Collection<Action>;
  /** The active clusters in the order of their urgency. */
  readonly situation: Situation;
  readonly pulse: Pulse | null;
  /** Alarms that the engine left out of the snapshot; they can be listed. */
  readonly alarmsLeftOut: number;
}

export type ConsoleStore = StoreApi<ConsoleState>;

function nothing<T>(): Collection<T> {
  return { byId: new Map(), items: [] };
}

/** An empty store, before the first contact with the engine. */
export function createConsoleStore(): ConsoleStore {
  return createStore<ConsoleState>(() => ({
    connection: { phase: 'connecting', lastHeardAt: null },
    session: { phase: 'loading' },
    tenantId: null,
    hasSnapshot: false,
    alarms: nothing(),
    clusters: nothing(),
    incidents: nothing(),
    actions: nothing(),
    situation: { happenings: [], alone: [] },
    pulse: null,
    alarmsLeftOut: 0,
  }));
}
