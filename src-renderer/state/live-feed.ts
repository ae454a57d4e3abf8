import type { Action } from '#shared/api/actions.ts';
import type { Alarm } from '#shared/api/alarms.ts';
import type { Cluster } from '#shared/api/clusters.ts';
import type { Change, Pulse, StreamItem } from '#shared/api/console.ts';
import type { Incident } from '#shared/api/incidents.ts';
import { toMilliseconds } from '#shared/vocabulary/time.ts';
import { type CollectionChange, createCollection } from './collection.ts';
import type { ConsoleStore } from './console-store.ts';
import { createSituation } from './situation.ts';

/** Turns stream items into store updates: one a frame, however many items come in. */
export interface LiveFeed {
  take(item: StreamItem): void;
  /** Puts objects in at once: answers of the engine to what an operator did. */
  put(changes: readonly Change[]): void;
  /** Forgets everything, for another tenant. */
  clear(): void;
}

/** Calls back once, soon: with the next frame, or after a moment when the page is hidden. */
export type Schedule = (callback: () => void) => void;

interface Snapshot {
  readonly alarms: Map<string, Alarm>;
  readonly clusters: Map<string, Cluster>;
  readonly incidents: Map<string, Incident>;
  readonly actions: Map<string, Action>;
}

function change<T>(id: string, item: T, kind: Change['change']): CollectionChange<T> {
  return { id, item: kind === 'removed' ? null : item };
}

function settle<T>(map: Map<string, T>, { id, item }: CollectionChange<T>): void {
  if (item === null) map.delete(id);
  else map.set(id, item);
}

/** Feeds `store`. A snapshot is gathered aside and shown when complete, so that the screen does not empty on a reconnect. */
export function createLiveFeed(store: ConsoleStore, schedule: Schedule): LiveFeed {
  const alarms = createCollection<Alarm>(
    (alarm) => alarm.alarm_id,
    (alarm) => toMilliseconds(alarm.last_raised_at),
  );
  const clusters = createCollection<Cluster>(
    (cluster) => cluster.cluster_id,
    (cluster) => toMilliseconds(cluster.last_raised_at),
  );
  const incidents = createCollection<Incident>(
    (incident) => incident.incident_id,
    (incident) => toMilliseconds(incident.created_at),
  );

  const actions = createCollection<Action>(
    (action) => action.action_id,
    (action) => toMilliseconds(action.proposed_at),
  );
  const situation = createSituation();

  let snapshot: Snapshot | null = null;
  let pending: Change[] = [];
  let pendingPulse: Pulse | null = null;
  let isScheduled = false;

  function scheduleFlush(): void {
    if (isScheduled) return;
    isScheduled = true;
    schedule(() => {
      isScheduled = false;
      flush();
    });
  }

  function flush(): void {
    const changes = pending;
    const pulse = pendingPulse;
    pending = [];
    pendingPulse = null;
    apply(changes, pulse);
  }

  function apply(changes: readonly Change[], pulse: Pulse | null): void {
    const alarmChanges: CollectionChange<Alarm>[] = [];
    const clusterChanges: CollectionChange<Cluster>[] = [];
    const incidentChanges: CollectionChange<Incident>[] = [];
    const actionChanges: CollectionChange<Action>[] = [];
    for (const one of changes) {
      if (one.topic === 'alarm') alarmChanges.push(change(one.data.alarm_id, one.data, one.change));
      else if (one.topic === 'cluster') clusterChanges.push(change(one.data.cluster_id, one.data, one.change));
      else if (one.topic === 'action') actionChanges.push(change(one.data.action_id, one.data, one.change));
      else incidentChanges.push(change(one.data.incident_id, one.data, one.change));
    }
    store.setState({
      ...(alarmChanges.length > 0 ? { alarms: alarms.apply(alarmChanges) } : {}),
      ...(clusterChanges.length > 0
        ? { clusters: clusters.apply(clusterChanges), situation: situation.apply(clusterChanges) }
        : {}),
      ...(incidentChanges.length > 0 ? { incidents: incidents.apply(incidentChanges) } : {}),
      ...(actionChanges.length > 0 ? { actions: actions.apply(actionChanges) } : {}),
      ...(pulse !== null ? { pulse } : {}),
    });
  }

  function gather(into: Snapshot, one: Change): void {
    if (one.topic === 'alarm') settle(into.alarms, change(one.data.alarm_id, one.data, one.change));
    else if (one.topic === 'cluster') settle(into.clusters, change(one.data.cluster_id, one.data, one.change));
    else if (one.topic === 'action') settle(into.actions, change(one.data.action_id, one.data, one.change));
    else settle(into.incidents, change(one.data.incident_id, one.data, one.change));
  }

  function show(complete: Snapshot, alarmsLeftOut: number): void {
    store.setState({
      alarms: alarms.replace(complete.alarms.values()),
      clusters: clusters.replace(complete.clusters.values()),
      situation: situation.replace(complete.clusters.values()),
      incidents: incidents.replace(complete.incidents.values()),
      actions: actions.replace(complete.actions.values()),
      alarmsLeftOut,
      hasSnapshot: true,
    });
  }

  return {
    take(item) {
      if (item.kind === 'pulse') {
        pendingPulse = item.pulse;
        scheduleFlush();
      } else if (item.kind === 'reset') {
        snapshot = { alarms: new Map(), clusters: new Map(), incidents: new Map(), actions: new Map() };
        pending = [];
      } else if (item.kind === 'synchronized') {
        if (snapshot !== null) show(snapshot, item.alarms_left_out);
        snapshot = null;
      } else if (snapshot !== null) {
        for (const one of item.changes) gather(snapshot, one);
      } else {
        for (const one of item.changes) pending.push(one);
        scheduleFlush();
      }
    },
    put(changes) {
      flush();
      apply(changes, null);
    },
    clear() {
      snapshot = null;
      pending = [];
      pendingPulse = null;
      store.setState({
        alarms: alarms.replace([]),
        clusters: clusters.replace([]),
        situation: situation.replace([]),
        incidents: incidents.replace([]),
        actions: actions.replace([]),
        pulse: null,
        alarmsLeftOut: 0,
        hasSnapshot: false,
      });
    },
  };
}
