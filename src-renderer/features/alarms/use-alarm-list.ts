import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import type { ConsoleState } from '#renderer/state/console-store.ts';
import { useConsole } from '#renderer/state/hooks.ts';
import { type AlarmOperations, createAlarmOperations } from './operations/alarm-operations.ts';
import type { FloodView } from './view/flood-fold.ts';
import { createListModel, type ListModel, type ListState, type ListWish } from './view/list-model.ts';

/** The machinery behind one alarm screen. */
export interface AlarmList {
  readonly model: ListModel;
  readonly operations: AlarmOperations;
}

/** How often a query that looks at ages is asked again, and shelves are looked after, in milliseconds. */
const clockInterval = 5_000;

/** Alarms of the ten minutes before the limit was passed belong to the flood. */
const floodWindow = 600_000;

function floodOf({ pulse, clusters }: ConsoleState): FloodView | null {
  if (pulse === null || pulse.flood_since === null) return null;
  return {
    from: Date.parse(pulse.flood_since) - floodWindow,
    isEmergency: ({ cluster_id }) =>
      cluster_id !== null && clusters.byId.get(cluster_id)?.is_emergency_service === true,
  };
}

function after(milliseconds: number, callback: () => void): void {
  setTimeout(callback, milliseconds);
}

/** Makes list and operations once for the screen and keeps them fed while it is mounted. */
export function useAlarmList(wish: ListWish): AlarmList {
  const console = useConsole();
  const [list] = useState<AlarmList>(() => {
    const session = () => console.store.getState().session;
    const operations = createAlarmOperations({
      client: console.client,
      operator: () => {
        const state = session();
        return state.phase === 'ready' ? state.session.operator : '';
      },
      now: Date.now,
      after,
    });
    const live = () => console.store.getState().alarms;
    const flood = () => floodOf(console.store.getState());
    const model = createListModel({ live, operations: operations.store.getState, flood, now: Date.now, after });
    return { model, operations };
  });

  useEffect(() => list.model.wish(wish), [list, wish]);

  useEffect(() => {
    const { model, operations } = list;
    const stopFeed = console.store.subscribe((state, before) => {
      if (state.alarms === before.alarms) return;
      operations.reconcile(state.alarms.byId);
      model.refresh();
    });
    const stopOperations = operations.store.subscribe((state, before) => {
      if (state.patches !== before.patches) model.refreshNow();
    });
    const timer = setInterval(() => model.refresh(), clockInterval);
    return () => {
      stopFeed();
      stopOperations();
      clearInterval(timer);
    };
  }, [console, list]);

  return list;
}

/** A part of the list's state. */
export function useListState<T>(model: ListModel, select: (state: ListState) => T): T {
  return useStore(model.store, select);
}
