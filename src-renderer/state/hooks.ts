import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import type { Action } from '#shared/api/actions.ts';
import type { Alarm } from '#shared/api/alarms.ts';
import type { Cluster } from '#shared/api/clusters.ts';
import type { Pulse, Session } from '#shared/api/console.ts';
import type { ConsoleClient } from '#shared/api/contract.ts';
import type { Incident } from '#shared/api/incidents.ts';
import type { Scope } from '#shared/vocabulary/scopes.ts';
import type { ConnectionState } from '../console-api/connection.ts';
import type { Collection } from './collection.ts';
import type { Console } from './console.ts';
import type { ConsoleState } from './console-store.ts';
import type { Situation } from './situation.ts';

/** Carries the console to every component. */
export const ConsoleContext = createContext<Console | null>(null);

/** The console of this window. Throws outside of its provider. */
export function useConsole(): Console {
  const value = useContext(ConsoleContext);
  if (value === null) throw new Error('useConsole needs a ConsoleContext above it.');
  return value;
}

/** A part of the store; renders again when the selected part is another object. */
export function useConsoleState<T>(select: (state: ConsoleState) => T): T {
  return useStore(useConsole().store, select);
}

/** The client for calls of the console API. */
export function useConsoleClient(): ConsoleClient {
  return useConsole().client;
}

/** Live alarms, latest raise first. Depend on the collection itself, not on its parts. */
export function useAlarms(): Collection<Alarm> {
  return useConsoleState((state) => state.alarms);
}

/** Live clusters of all states, latest raise first. */
export function useClusters(): Collection<Cluster> {
  return useConsoleState((state) => state.clusters);
}

/** The active clusters, those that deserve a line and those that are only counted, the worst first. */
export function useSituation(): Situation {
  return useConsoleState((state) => state.situation);
}

/** Live incidents of all states, newest first. */
export function useIncidents(): Collection<Incident> {
  return useConsoleState((state) => state.incidents);
}

/** Actions that wait for somebody or changed since the console was opened, newest first. */
export function useActions(): Collection<Action> {
  return useConsoleState((state) => state.actions);
}

/** One alarm, or undefined when it is not among the live ones. */
export function useAlarm(alarmId: string | null): Alarm | undefined {
  return useConsoleState((state) => (alarmId === null ? undefined : state.alarms.byId.get(alarmId)));
}

/** One cluster, or undefined when it is not among the live ones. */
export function useCluster(clusterId: string | null): Cluster | undefined {
  return useConsoleState((state) => (clusterId === null ? undefined : state.clusters.byId.get(clusterId)));
}

/** One incident, or undefined when it is not among the live ones. */
export function useIncident(incidentId: string | null): Incident | undefined {
  return useConsoleState((state) => (incidentId === null ? undefined : state.incidents.byId.get(incidentId)));
}

/** The engine's last pulse; null before the first. */
export function usePulse(): Pulse | null {
  return useConsoleState((state) => state.pulse);
}

/** How the connection to the engine is. */
export function useConnection(): ConnectionState {
  return useConsoleState((state) => state.connection);
}

/** The session, or null while it is not known. */
export function useSession(): Session | null {
  return useConsoleState((state) => (state.session.phase === 'ready' ? state.session.session : null));
}

/** Whether the session may do what `scope` stands for. ADMIN may everything. */
export function useMay(scope: Scope): boolean {
  const scopes = useSession()?.scopes ?? [];
  return scopes.includes(scope) || scopes.includes('ADMIN');
}
