import { describe, expect, test } from 'vitest';
import type { AlarmPatch } from '#renderer/features/alarms/operations/patches.ts';
import { parseQuery } from '#renderer/features/alarms/query/parse.ts';
import { createListModel } from '#renderer/features/alarms/view/list-model.ts';
import { defaultSort } from '#renderer/features/alarms/view/sort.ts';
import type { Alarm } from '#shared/api/alarms.ts';
import { alarmWith, sampleNow } from './alarm-samples.ts';

function alarmAt(alarmId: string, minute: number, over: Partial<Alarm> = {}): Alarm {
  const at = `2026-11-22T02:0${minute}:00.000Z`;
  return alarmWith({ alarm_id: alarmId, last_raised_at: at, ...over });
}

function wishFor(query: string) {
  return {
    query: parseQuery(query),
    visibility: { showCleared: false, showShelved: false, showSuppressed: false, showFlood: false },
    sort: defaultSort,
  };
}

/** A list over alarms that the test changes; `tick` lets what is due happen. */
function setUp(...alarms: Alarm[]) {
  let live = new Map(alarms.map((alarm) => [alarm.alarm_id, alarm]));
  const patches = new Map<string, AlarmPatch>();
  const due: (() => void)[] = [];
  const model = createListModel({
    live: () => ({ items: [...live.values()], byId: live }),
    operations: () => ({ patches, operated: new Set(patches.keys()) }),
    now: () => sampleNow,
    after: (_, callback) => due.push(callback),
  });
  model.wish(wishFor(''));
  return {
    model,
    patches,
    due,
    ids: () => model.store.getState().order.ids,
    state: () => model.store.getState(),
    tick: () => due.splice(0).forEach((callback) => void callback()),
    put(alarm: Alarm) {
      live = new Map(live).set(alarm.alarm_id, alarm);
      model.refresh();
    },
    drop(alarmId: string) {
      live = new Map(live);
      live.delete(alarmId);
      model.refresh();
    },
  };
}

describe('the alarm list', () => {
  test('flows while nobody works in it', () => {
    const list = setUp(alarmAt('a', 1), alarmAt('b', 2));
    list.put(alarmAt('a', 3));
    list.put(alarmAt('c', 1));
    list.tick();
    expect(list.ids()).toEqual(['a', 'b', 'c']);
    expect(list.state().order.arrived).toBe(0);
  });

  test('holds its rows while somebody does, and sorts when let go', () => {
    const list = setUp(alarmAt('a', 1), alarmAt('b', 2));
    list.model.setEngaged(true);
    list.put(alarmAt('a', 5));
    list.put(alarmAt('c', 4));
    list.tick();
    expect(list.ids()).toEqual(['c', 'b', 'a']);
    expect(list.state().order).toMatchObject({ arrived: 1, stale: 0 });
    list.model.setEngaged(false);
    expect(list.ids()).toEqual(['a', 'c', 'b']);
  });

  test('keeps the row of an alarm that is gone, marked, until it is sorted again', () => {
    const list = setUp(alarmAt('a', 1), alarmAt('b', 2));
    const gone = list.state().byId.get('b');
    list.model.setEngaged(true);
    list.drop('b');
    list.tick();
    expect(list.ids()).toEqual(['b', 'a']);
    expect(list.state().gone.get('b')).toBe(gone);
    expect(gone !== undefined && list.model.lists(gone)).toBe(false);
    expect(list.state().order.stale).toBe(1);
    list.model.settle();
    expect(list.ids()).toEqual(['a']);
    expect(list.state().gone.size).toBe(0);
  });

  test('shows an operation at once and does not lose the row that no longer fits', () => {
    const list = setUp(alarmAt('a', 1), alarmAt('b', 2));
    list.model.wish(wishFor('state:unacked'));
    list.model.setEngaged(true);
    list.patches.set('b', { ack_state: 'acked', acked_by: 'Ines' });
    list.model.refreshNow();
    expect(list.ids()).toEqual(['b', 'a']);
    expect(list.state().byId.get('b')?.ack_state).toBe('acked');
    expect(list.state().listed).toBe(1);
  });

  test('frozen, it stands still and counts what happens behind it', () => {
    const list = setUp(alarmAt('a', 1));
    list.model.freeze();
    list.put(alarmAt('b', 2));
    list.put(alarmAt('a', 3, { repeat_count: 1 }));
    list.tick();
    expect(list.ids()).toEqual(['a']);
    expect(list.state().frozen?.heldBack).toEqual({ arrived: 1, changed: 1, removed: 0 });
    list.model.resume();
    expect(list.ids()).toEqual(['a', 'b']);
    expect(list.state().frozen).toBeNull();
  });

  test('computes once for many changes that come together', () => {
    const list = setUp();
    for (let minute = 1; minute < 9; minute += 1) list.put(alarmAt(`a${minute}`, minute));
    expect(list.due).toHaveLength(1);
    list.tick();
    expect(list.ids()).toHaveLength(8);
  });
});
