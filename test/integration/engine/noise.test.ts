import { describe, expect, it } from 'vitest';
import { findAlarm, getAlarm } from '#engine/alarms/alarm-queries.ts';
import { listCauses } from '#engine/correlation/causes/cause-store.ts';
import { getLedger } from '#engine/ledger/ledger-queries.ts';
import { listWindows } from '#engine/noise/maintenance-store.ts';
import { countNoise, listNoise } from '#engine/noise/noise-queries.ts';
import type { Alarm } from '#shared/api/alarms.ts';
import type { MaintenanceInput } from '#shared/api/noise.ts';
import { toTimestamp } from '#shared/vocabulary/time.ts';
import { commandInput, openTestCore, reportInput, type TestCore } from '#test/support/engine/core.ts';
import { at, start } from '#test/support/engine/reports.ts';
import { temporaryFolder } from '#test/support/engine/temporary-folder.ts';

const open = () => openTestCore(temporaryFolder());

/** The alarm of the only entity that ever alarms. */
function theAlarm(core: TestCore): Alarm {
  const [row] = core.rows('SELECT alarm_id FROM alarms');
  const alarm = core.reader.read((unit) => findAlarm(unit, 'acme', String(Reflect.get(Object(row), 'alarm_id'))));
  if (alarm === null) throw new Error('There is no alarm.');
  return alarm;
}

describe('an alarm that flaps', () => {
  /** Raises and clears it at each of these seconds and ten seconds later. */
  const flap = (core: TestCore, ...seconds: readonly number[]) => {
    for (const second of seconds) {
      core.apply(reportInput({ raised_at: at(second) }));
      core.pass(10);
      core.apply(reportInput({ severity: 'cleared', raised_at: at(second + 10) }));
      core.pass(50);
    }
  };

  it('is held open at its third raise, counted, and ends as the source said last', () => {
    const core = open();
    flap(core, 0, 60, 120, 180);
    expect(theAlarm(core)).toMatchObject({
      is_cleared: false,
      flapping_since: toTimestamp(start + 120_000),
      flap_count: 3,
      source_cleared_at: at(190),
    });
    core.reopen();
    core.tick();
    expect(theAlarm(core).is_cleared).toBe(false);
    core.pass(900);
    core.tick();
    expect(theAlarm(core)).toMatchObject({ is_cleared: true, cleared_at: at(190), flapping_since: null });
    const history = core.reader.read((unit) => getAlarm(unit, 'acme', theAlarm(core).alarm_id))?.history ?? [];
    expect(history.map(({ outcome }) => outcome)).toEqual(
      expect.arrayContaining(['new', 'cleared', 'held', 'repeated', 'released']),
    );
  });

  it('stays when the source said last that it stands', () => {
    const core = open();
    flap(core, 0, 60, 120);
    core.apply(reportInput({ raised_at: at(180) }));
    core.pass(1_000);
    core.tick();
    expect(theAlarm(core)).toMatchObject({ is_cleared: false, flapping_since: null });
  });

  it('keeps the ledger, opens one cluster and is one alarm in the rate', () => {
    const core = open();
    flap(core, 0, 60, 120, 180, 240);
    const ledger = core.reader.read((unit) => getLedger(unit, 'acme'));
    expect(ledger).toMatchObject({ received: 10, new: 3, repeated: 2, cleared: 5 });
    expect(core.rows('SELECT count(DISTINCT cluster_id) AS n FROM alarms')).toEqual([{ n: 1 }]);
  });

  it('is let go when a person clears it', () => {
    const core = open();
    flap(core, 0, 60, 120);
    core.do(
      commandInput({
        name: 'alarm.operate',
        alarmId: theAlarm(core).alarm_id,
        operation: 'clear',
        note: null,
        minutes: null,
      }),
    );
    expect(theAlarm(core)).toMatchObject({ is_cleared: true, flapping_since: null });
  });

  it('is listed: as flapping while it is held, as chattering for a day, as stale when it stands for one', () => {
    const core = open();
    for (const second of [0, 20, 40]) {
      core.apply(reportInput({ raised_at: at(second) }));
      core.apply(reportInput({ severity: 'cleared', raised_at: at(second + 5) }));
    }
    core.apply(reportInput({ entity_id: 'OLD', raised_at: at(-90_000) }));
    const count = (kind: Parameters<typeof countNoise>[2], now: number) =>
      core.reader.read((unit) => countNoise(unit, 'acme', kind, now));
    expect(count('flapping', start)).toBe(1);
    expect(count('chattering', start)).toBe(1);
    expect(count('chattering', start + 86_400_001)).toBe(0);
    expect(count('stale', start)).toBe(1);
    const [stale] = core.reader.read((unit) => listNoise(unit, 'acme', 'stale', start));
    expect(stale).toMatchObject({ entity_id: 'OLD', since: at(-90_000) });
  });
});

describe('maintenance', () => {
  const plan = (from: number, to: number, fields: Partial<MaintenanceInput> = {}) =>
    commandInput({
      name: 'maintenance.plan',
      input: {
        name: 'mast works',
        reason: 'new antennas',
        conditions: [{ field: 'entity_id', operator: 'is', value: 'SITE-1' }],
        with_contents: true,
        schedule: { kind: 'once', starts_at: at(from), ends_at: at(to) },
        ...fields,
      },
    });
  const network = commandInput({
    name: 'topology.replace',
    topology: {
      entities: [
        { id: 'SITE-1', entity_type: 'SITE' },
        { id: 'CELL-1', entity_type: 'CELL' },
        { id: 'HELP', entity_type: 'EMERGENCY_SERVICE' },
      ],
      links: [
        { from: 'SITE-1', to: 'CELL-1', kind: 'contains' },
        { from: 'SITE-1', to: 'HELP', kind: 'contains' },
      ],
    },
  });
  const alarmAt = (core: TestCore, entityId: string) => {
    const [row] = core.rows('SELECT alarm_id FROM alarms WHERE entity_id = ?', entityId);
    return core.reader.read((unit) => findAlarm(unit, 'acme', String(Reflect.get(Object(row), 'alarm_id'))));
  };

  it('suppresses what it covers, counts it, opens no incident, and gives back what still stands', () => {
    const core = open();
    core.do(network);
    core.do(plan(100, 3_700));
    core.apply(reportInput({ entity_id: 'CELL-1', alarm_type: 'EARLY', raised_at: at(10) }));
    expect(alarmAt(core, 'CELL-1')?.suppressed_by).toBeNull();
    core.pass(120);
    core.tick();
    expect(alarmAt(core, 'CELL-1')?.suppressed_by).toMatch(/^w-/);
    core.apply(
      reportInput({ entity_id: 'CELL-1', alarm_type: 'OUT', severity: 'critical', raised_at: at(120) }),
      reportInput({ entity_id: 'CELL-1', alarm_type: 'GONE', raised_at: at(121) }),
      reportInput({ entity_id: 'CELL-1', alarm_type: 'GONE', severity: 'cleared', raised_at: at(122) }),
      reportInput({ entity_id: 'ELSEWHERE', raised_at: at(120) }),
    );
    core.settle();
    expect(core.reader.read((unit) => getLedger(unit, 'acme'))).toMatchObject({ received: 5, suppressed: 2, new: 2 });
    expect(
      core.rows(`SELECT count(*) AS n FROM incidents WHERE entity_id = 'CELL-1' AND created_at > ${start}`),
    ).toEqual([{ n: 0 }]);
    expect(core.rows('SELECT raised FROM alarm_rate WHERE bucket > 0 AND raised > 0').length).toBeGreaterThan(0);
    core.reopen();
    core.pass(4_000);
    core.tick();
    core.settle();
    expect(core.reader.read((unit) => countNoise(unit, 'acme', 'suppressed', start + 4_200_000))).toBe(0);
    expect(core.rows("SELECT acked_by FROM alarms WHERE alarm_type = 'GONE'")).toEqual([
      { acked_by: 'maintenance: mast works' },
    ]);
    expect(core.rows("SELECT count(*) AS n FROM alarms WHERE alarm_type = 'OUT' AND is_live = 1")).toEqual([{ n: 1 }]);
  });

  it('never suppresses an emergency service', () => {
    const core = open();
    core.do(network);
    core.do(plan(-100, 3_700));
    core.apply(
      reportInput({ entity_id: 'HELP', raised_at: at(1) }),
      reportInput({ entity_id: 'CELL-1', raised_at: at(1) }),
    );
    expect(alarmAt(core, 'HELP')?.suppressed_by).toBeNull();
    expect(alarmAt(core, 'CELL-1')?.suppressed_by).not.toBeNull();
  });

  it('takes effect when it is planned for now, and is ended by hand', () => {
    const core = open();
    core.do(network);
    core.apply(reportInput({ entity_id: 'CELL-1', raised_at: at(1) }));
    const planned = core.do(plan(-100, 3_700));
    expect(alarmAt(core, 'CELL-1')?.suppressed_by).not.toBeNull();
    const windows = () => core.reader.read((unit) => listWindows(unit, 'acme', start));
    expect(windows()).toMatchObject([{ state: 'on', suppressed_now: 1, created_by: 'ana' }]);
    core.do(commandInput({ name: 'maintenance.end', windowId: planned.kind === 'done' ? planned.id : '' }));
    expect(alarmAt(core, 'CELL-1')?.suppressed_by).toBeNull();
    expect(windows()).toMatchObject([{ state: 'ended', ended_by: 'ana', suppressed_now: 0 }]);
    expect(core.do(commandInput({ name: 'maintenance.end', windowId: 'w-none' }))).toMatchObject({ kind: 'refused' });
  });
});

describe('learning from the journal', () => {
  const causes = (core: TestCore) => core.reader.read((unit) => listCauses(unit, 'acme'));
  /** Power failures, each followed by a link that goes down ten seconds later; and noise that follows nothing. */
  const history = (from: number, count: number) =>
    Array.from({ length: count }, (_, index) => {
      const second = (from + index) * 1_000;
      const entity_id = `N${index % 7}`;
      return [
        reportInput({ entity_id, alarm_type: 'POWER', raised_at: at(second), cleared_at: at(second + 300) }),
        reportInput({ entity_id, alarm_type: 'LINK', raised_at: at(second + 10), cleared_at: at(second + 300) }),
        reportInput({
          entity_id: `N${(index * 3) % 7}`,
          alarm_type: 'DOOR',
          raised_at: at(second + 500),
          cleared_at: at(second + 600),
        }),
      ];
    }).flat();

  it('finds what brings what, keeps it over a restart, and heeds what people decide', () => {
    const core = open();
    core.apply(...history(0, 300));
    core.pass(301);
    core.tick();
    core.pass(301);
    core.tick();
    const found = causes(core).items.find((item) => item.cause === 'POWER' && item.effect === 'LINK');
    expect(found).toMatchObject({ verdict: null });
    expect(found?.lag_s).toBeGreaterThan(5);
    expect(found?.lag_s).toBeLessThan(20);
    expect(causes(core).alarms).toBeGreaterThan(0);
    core.reopen();
    expect(causes(core).items).toContainEqual(found);
    const decide = (decision: 'pin' | 'forbid' | 'forget' | 'reset', cause = 'POWER') =>
      core.do(commandInput({ name: 'cause.decide', cause, effect: 'LINK', decision }));
    decide('forbid');
    expect(causes(core).items.find((item) => item.cause === 'POWER')).toMatchObject({
      verdict: 'forbidden',
      decided_by: 'ana',
    });
    decide('reset');
    decide('pin', 'FAN');
    expect(causes(core).items[0]).toMatchObject({ cause: 'FAN', verdict: 'pinned', support: 0 });
  });
});
