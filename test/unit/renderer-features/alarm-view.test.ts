import { describe, expect, test } from 'vitest';
import { parseQuery } from '#renderer/features/alarms/query/parse.ts';
import { countHeldBack, freezeFeed, frozenAlarms } from '#renderer/features/alarms/view/frozen.ts';
import { holdOrder, settleOrder } from '#renderer/features/alarms/view/order.ts';
import { withPatches } from '#renderer/features/alarms/view/patched.ts';
import { extendPick, nothingPicked, togglePick } from '#renderer/features/alarms/view/picking.ts';
import { selectAlarms } from '#renderer/features/alarms/view/select.ts';
import { alarmComparator, defaultSort, formatSort, parseSort, sortKeys } from '#renderer/features/alarms/view/sort.ts';
import { alarmWith, sampleNow } from './alarm-samples.ts';

const later = '2026-11-22T03:00:00.000Z';
const alarms = [
  alarmWith({ alarm_id: 'standing' }),
  alarmWith({ alarm_id: 'acked', ack_state: 'acked', severity: 'major' }),
  alarmWith({ alarm_id: 'over', is_cleared: true, state: 'cleared' }),
  alarmWith({ alarm_id: 'aside', shelved_until: later, source_system: 'ems' }),
  alarmWith({ alarm_id: 'aside-and-over', shelved_until: later, is_cleared: true, state: 'cleared' }),
];
const byDefault = { showCleared: false, showShelved: false, showSuppressed: false, showFlood: false };

function select(input: string, visibility = byDefault) {
  return selectAlarms(alarms, parseQuery(input), visibility, sampleNow, new WeakMap());
}

function ids(input: string, visibility = byDefault): string[] {
  return select(input, visibility).listed.map((alarm) => alarm.alarm_id);
}

describe('what the list shows', () => {
  test('leaves out what is over and what is shelved, and counts both', () => {
    const { listed, hidden } = select('');
    expect(listed.map((alarm) => alarm.alarm_id)).toEqual(['standing', 'acked']);
    expect(hidden).toEqual({ cleared: 1, shelved: 2, suppressed: 0 });
  });

  test('every matching alarm is either listed or counted as hidden', () => {
    for (const input of ['', 'severity:critical', 'state:unacked', 'source:ems', '-source:ems']) {
      const everything = ids(input, {
        showCleared: true,
        showShelved: true,
        showSuppressed: true,
        showFlood: false,
      }).length;
      const { listed, hidden } = select(input);
      expect(listed.length + hidden.cleared + hidden.shelved).toBe(everything);
    }
  });

  test('shows them when asked, by the switches or by the query', () => {
    expect(ids('', { showCleared: true, showShelved: true, showSuppressed: true, showFlood: false })).toHaveLength(5);
    expect(ids('state:shelved')).toEqual(['aside']);
    expect(ids('state:cleared')).toEqual(['over']);
    expect(ids('state:shelved,cleared')).toEqual(['over', 'aside', 'aside-and-over']);
  });

  test('counts each facet without its own condition', () => {
    const { facets } = select('severity:major');
    expect(Object.fromEntries(facets.severity)).toEqual({ critical: 1, major: 1 });
    expect(Object.fromEntries(facets.state)).toEqual({ acked: 1 });
    expect(Object.fromEntries(select('state:unacked').facets.state)).toEqual({
      unacked: 1,
      acked: 1,
      cleared: 1,
      shelved: 2,
    });
  });
});

describe('the order of rows', () => {
  const early = alarmWith({ alarm_id: 'early', last_raised_at: '2026-11-22T01:00:00.000Z' });
  const middle = alarmWith({ alarm_id: 'middle', last_raised_at: '2026-11-22T02:00:00.000Z' });
  const late = alarmWith({ alarm_id: 'late', last_raised_at: '2026-11-22T03:00:00.000Z' });

  test('settled: latest first', () => {
    expect(settleOrder([early, late, middle], defaultSort).ids).toEqual(['late', 'middle', 'early']);
  });

  test('held: arrivals go above whatever their sort value, standing rows keep their places', () => {
    const settled = settleOrder([early, late], defaultSort);
    const held = holdOrder(settled, [late, { ...early, last_raised_at: later }, middle], defaultSort);
    expect(held).toEqual({ ids: ['middle', 'late', 'early'], arrived: 1, stale: 0 });
  });

  test('held: rows that the query no longer lists stay and are counted', () => {
    const settled = settleOrder([early, middle, late], defaultSort);
    const held = holdOrder(settled, [early], defaultSort);
    expect(held).toEqual({ ids: ['late', 'middle', 'early'], arrived: 0, stale: 2 });
  });

  test('held: nothing new is the same object', () => {
    const settled = settleOrder([early, late], defaultSort);
    expect(holdOrder(settled, [late, early], defaultSort)).toBe(settled);
  });

  test('is total and the same for any input order, whatever the column', () => {
    const twins = [...alarms, early, late, middle];
    for (const key of sortKeys) {
      for (const descending of [true, false]) {
        const compare = alarmComparator({ key, descending });
        const once = twins.toSorted(compare).map((alarm) => alarm.alarm_id);
        expect(
          twins
            .toReversed()
            .sort(compare)
            .map((alarm) => alarm.alarm_id),
        ).toEqual(once);
      }
    }
  });

  test('compares times in any valid form', () => {
    const offset = alarmWith({ alarm_id: 'offset', last_raised_at: '2026-11-22T02:30:00+02:00' });
    expect(settleOrder([middle, offset], defaultSort).ids).toEqual(['middle', 'offset']);
  });

  test('stands in the address', () => {
    expect(parseSort(formatSort({ key: 'entity', descending: false }))).toEqual({ key: 'entity', descending: false });
    expect(parseSort(formatSort({ key: 'severity', descending: true }))).toEqual({ key: 'severity', descending: true });
    expect(parseSort('nonsense')).toEqual(defaultSort);
    expect(parseSort(null)).toEqual(defaultSort);
  });
});

describe('a frozen feed', () => {
  const first = alarmWith({ alarm_id: 'first' });
  const second = alarmWith({ alarm_id: 'second' });
  const gone = alarmWith({ alarm_id: 'gone' });
  const frozen = freezeFeed([first, second, gone], sampleNow);
  const changed = { ...second, repeat_count: 3 };
  const live = new Map([
    ['first', first],
    ['second', changed],
    ['third', alarmWith({ alarm_id: 'third' })],
  ]);

  test('counts what is held back', () => {
    expect(countHeldBack(frozen, live)).toEqual({ arrived: 1, changed: 1, removed: 1 });
  });

  test('shows the operator what the operator did', () => {
    expect(frozenAlarms(frozen, live, new Set())).toEqual([first, second, gone]);
    expect(frozenAlarms(frozen, live, new Set(['second']))[1]).toBe(changed);
    expect(frozenAlarms(frozen, live, new Set(['gone']))).toEqual([first, second]);
  });
});

describe('picking rows', () => {
  const order = ['a', 'b', 'c', 'd'];

  test('toggles one, extends from the anchor in either direction', () => {
    const one = togglePick(nothingPicked, 'c');
    expect([...extendPick(one, order, 'a').ids].sort()).toEqual(['a', 'b', 'c']);
    expect([...togglePick(one, 'c').ids]).toEqual([]);
  });

  test('without an anchor in the list takes just the row', () => {
    expect([...extendPick({ ids: new Set(['x']), anchor: 'x' }, order, 'b').ids]).toEqual(['x', 'b']);
  });
});

test('a patched alarm is one object as long as neither changes', () => {
  const forms = new WeakMap();
  const patch = { ack_state: 'acked' } as const;
  const once = withPatches(alarms, new Map([['standing', patch]]), forms);
  const again = withPatches(alarms, new Map([['standing', patch]]), forms);
  expect(once[0]?.ack_state).toBe('acked');
  expect(again[0]).toBe(once[0]);
  expect(withPatches(alarms, new Map(), forms)).toBe(alarms);
});
