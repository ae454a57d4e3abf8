import { beforeEach, describe, expect, it } from 'vitest';
import { type ConsoleStore, createConsoleStore } from '#renderer/state/console-store.ts';
import { createLiveFeed, type LiveFeed } from '#renderer/state/live-feed.ts';
import type { Change, StreamItem } from '#shared/api/console.ts';
import { aCluster, anAlarm, anIncident, aPulse, pulseItem } from './renderer-objects.ts';

const upserted = (alarm_id: string, last_raised_at = '2026-11-22T12:00:00.000Z'): Change => ({
  topic: 'alarm',
  change: 'upserted',
  data: anAlarm({ alarm_id, last_raised_at }),
});
const removed = (alarm_id: string): Change => ({ topic: 'alarm', change: 'removed', data: anAlarm({ alarm_id }) });
const changes = (...list: Change[]): StreamItem => ({ kind: 'changes', sequence: 1, changes: list });
const reset: StreamItem = { kind: 'reset', sequence: 1 };
const synchronized = (alarms_left_out = 0): StreamItem => ({ kind: 'synchronized', sequence: 1, alarms_left_out });

describe('live feed', () => {
  let store: ConsoleStore;
  let feed: LiveFeed;
  let scheduled: (() => void)[];
  let updates: number;

  const ids = () => store.getState().alarms.items.map((alarm) => alarm.alarm_id);
  const nextFrame = () => {
    for (const callback of scheduled.splice(0)) callback();
  };

  beforeEach(() => {
    store = createConsoleStore();
    scheduled = [];
    feed = createLiveFeed(store, (callback) => scheduled.push(callback));
    updates = 0;
    store.subscribe(() => {
      updates += 1;
    });
  });

  it('shows a snapshot when it is complete, not before', () => {
    feed.take(reset);
    feed.take(changes(upserted('a'), upserted('b', '2026-11-22T13:00:00.000Z')));
    nextFrame();
    expect(ids()).toEqual([]);
    expect(store.getState().hasSnapshot).toBe(false);
    feed.take(synchronized(17));
    expect(ids()).toEqual(['b', 'a']);
    expect(store.getState()).toMatchObject({ hasSnapshot: true, alarmsLeftOut: 17 });
  });

  it('keeps what is shown while a new snapshot comes in, then replaces it', () => {
    feed.take(reset);
    feed.take(changes(upserted('a')));
    feed.take(synchronized());
    feed.take(reset);
    feed.take(changes(upserted('b')));
    expect(ids()).toEqual(['a']);
    feed.take(synchronized());
    expect(ids()).toEqual(['b']);
  });

  it('updates the store once a frame however much comes in', () => {
    for (let index = 0; index < 5_000; index += 1) feed.take(changes(upserted(`alarm-${index}`)));
    feed.take(pulseItem({ raised_last_ten_minutes: 5_000 }));
    expect(updates).toBe(0);
    expect(scheduled).toHaveLength(1);
    nextFrame();
    expect(updates).toBe(1);
    expect(ids()).toHaveLength(5_000);
    expect(store.getState().pulse?.raised_last_ten_minutes).toBe(5_000);
  });

  it('leaves collections without changes as they are', () => {
    const { clusters, incidents } = store.getState();
    feed.take(changes(upserted('a')));
    nextFrame();
    expect(store.getState().clusters).toBe(clusters);
    expect(store.getState().incidents).toBe(incidents);
  });

  it('applies the last of several changes of the same object, removals included', () => {
    feed.take(changes(upserted('a'), upserted('b')));
    feed.take(changes(removed('a'), upserted('b'), removed('b'), upserted('b')));
    nextFrame();
    expect(ids()).toEqual(['b']);
  });

  it('resumes without a snapshot: missed changes come on top of what is there', () => {
    feed.take(reset);
    feed.take(changes(upserted('a')));
    feed.take(synchronized(5));
    feed.take(changes(upserted('b', '2026-11-22T13:00:00.000Z')));
    feed.take(synchronized());
    nextFrame();
    expect(ids()).toEqual(['b', 'a']);
    expect(store.getState().alarmsLeftOut).toBe(5);
  });

  it('puts the answer to an operation in at once, after what waited', () => {
    const incident = anIncident({ incident_id: 'i', state: 'new' });
    feed.take(changes({ topic: 'incident', change: 'upserted', data: incident }));
    feed.put([{ topic: 'incident', change: 'upserted', data: { ...incident, state: 'acknowledged' } }]);
    expect(store.getState().incidents.byId.get('i')?.state).toBe('acknowledged');
    nextFrame();
    expect(store.getState().incidents.byId.get('i')?.state).toBe('acknowledged');
  });

  it('forgets everything of a tenant', () => {
    feed.take(reset);
    feed.take(changes(upserted('a'), { topic: 'cluster', change: 'upserted', data: aCluster({ cluster_id: 'c' }) }));
    feed.take(synchronized());
    feed.take(changes(upserted('late')));
    store.setState({ pulse: aPulse() });
    feed.clear();
    nextFrame();
    expect(ids()).toEqual([]);
    expect(store.getState()).toMatchObject({ hasSnapshot: false, pulse: null, alarmsLeftOut: 0 });
    expect(store.getState().clusters.items).toEqual([]);
  });
});
