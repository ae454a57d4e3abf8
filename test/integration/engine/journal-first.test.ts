import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { getLedger } from '#engine/ledger/ledger-queries.ts';
import type { Ledger } from '#shared/api/ledger.ts';
import { commandInput, openTestCore, rejectionsInput, reportInput, type TestCore } from '#test/support/engine/core.ts';
import { at } from '#test/support/engine/reports.ts';
import { temporaryFolder } from '#test/support/engine/temporary-folder.ts';

const ledgerOf = (core: TestCore, tenantId = 'acme'): Ledger => core.reader.read((unit) => getLedger(unit, tenantId));
const sumOf = ({ received: _received, ...others }: Ledger) => Object.values(others).reduce((sum, n) => sum + n, 0);
const countOf = (core: TestCore, table: string) => core.rows(`SELECT count(*) AS n FROM ${table}`);

/** What became of everything, without ids that a run makes up and without sequences. */
const stateOf = (core: TestCore) => ({
  alarms: core.rows(
    `SELECT entity_id, alarm_type, severity, is_cleared, repeat_count, raised_at, last_raised_at, changed_at, cluster_id IS NULL AS alone
       FROM alarms ORDER BY entity_id, alarm_type`,
  ),
  history: core.rows('SELECT position, outcome FROM alarm_history ORDER BY position'),
  clusters: core.rows(`SELECT state, alarm_count, active_count FROM clusters WHERE state <> 'merged' ORDER BY 1, 2, 3`),
  ledger: ledgerOf(core),
});

const storm = () => [
  ...Array.from({ length: 12 }, (_, index) => reportInput({ entity_id: `E${index % 4}`, raised_at: at(index) })),
  reportInput({ entity_id: 'E1', raised_at: at(20), severity: 'cleared' }),
];

describe('a report that was accepted', () => {
  it('stands in the journal before any handler has seen it, and is counted when one has', () => {
    const core = openTestCore(temporaryFolder());
    expect(core.accept(...storm()).map((result) => result.kind)).toEqual(Array.from({ length: 13 }, () => 'accepted'));
    expect(core.lag()).toBe(13);
    expect(countOf(core, 'journal')).toEqual([{ n: 13 }]);
    expect(countOf(core, 'alarms')).toEqual([{ n: 0 }]);
    expect(ledgerOf(core).received).toBe(0);
    core.workIn(5);
    expect(core.lag()).toBe(8);
    expect(ledgerOf(core)).toMatchObject({ received: 5, new: 4, repeated: 1 });
  });

  it('is recognised when it comes again, worked in or not', () => {
    const core = openTestCore(temporaryFolder());
    const again = () => reportInput({ event_id: 'e-1' });
    expect(core.accept(again(), again()).map((result) => result.kind)).toEqual(['accepted', 'duplicate']);
    expect(core.accept(again()).map((result) => result.kind)).toEqual(['duplicate']);
    expect(ledgerOf(core)).toMatchObject({ received: 2, duplicate: 2 });
    core.workIn(10);
    expect(ledgerOf(core)).toMatchObject({ received: 3, duplicate: 2, new: 1 });
  });

  it('is worked in after a crash, in however many pieces, as if nothing had happened', () => {
    const whole = openTestCore(temporaryFolder());
    whole.apply(...storm());
    for (const worked of [0, 1, 7, 12]) {
      const crashed = openTestCore(temporaryFolder());
      crashed.accept(...storm());
      if (worked > 0) crashed.workIn(worked);
      crashed.reopen();
      expect(crashed.lag()).toBe(0);
      expect(stateOf(crashed)).toEqual(stateOf(whole));
    }
  });

  it('is as old as its acceptance, not as its working in', () => {
    const core = openTestCore(temporaryFolder());
    core.accept(reportInput());
    core.pass(3_600);
    core.workIn(1);
    expect(core.rows('SELECT changed_at - (SELECT recorded_at FROM journal) AS late FROM alarms')).toEqual([
      { late: 0 },
    ]);
  });
});

describe('a command', () => {
  it('sees everything that was accepted before it', () => {
    const core = openTestCore(temporaryFolder());
    core.accept(reportInput({ entity_id: 'A', event_id: 'e-1' }));
    const entryId = core.rows(`SELECT entry_id FROM journal WHERE event_id = 'e-1'`)[0];
    const alarmId = `a-${entryId instanceof Object && 'entry_id' in entryId ? String(entryId.entry_id) : ''}`;
    const [result] = core.accept(
      commandInput({ name: 'alarm.operate', alarmId, operation: 'ack', note: null, minutes: null }),
    );
    expect(result).toMatchObject({ kind: 'done' });
    expect(core.lag()).toBe(0);
    expect(core.rows('SELECT is_acked FROM alarms')).toEqual([{ is_acked: 1 }]);
  });

  it('is not applied twice when what stands before it is worked in later', () => {
    const core = openTestCore(temporaryFolder());
    core.accept(reportInput({ entity_id: 'A' }));
    const create = { title: 'By hand', severity: 'minor' as const, note: 'noticed' };
    core.accept(commandInput({ name: 'incident.create', input: create }), reportInput({ entity_id: 'B' }));
    core.reopen();
    expect(core.rows(`SELECT count(*) AS n FROM incidents WHERE title = 'By hand'`)).toEqual([{ n: 1 }]);
    expect(core.rows(`SELECT count(*) AS n FROM journal WHERE event_type = 'incident.changed'`)).toEqual([{ n: 1 }]);
    expect(countOf(core, 'incident_history')).toEqual(
      core.rows(`SELECT count(*) AS n FROM journal WHERE event_type LIKE 'incident.%'`),
    );
  });
});

describe('the ledger', () => {
  const anyReport = fc.record({
    entity: fc.constantFrom('A', 'B', 'C'),
    eventId: fc.option(fc.constantFrom('e-1', 'e-2', 'e-3'), { nil: undefined }),
    isClear: fc.boolean(),
  });
  const anyStep = fc.oneof(
    { weight: 4, arbitrary: fc.array(anyReport, { minLength: 1, maxLength: 8 }) },
    { weight: 3, arbitrary: fc.integer({ min: 1, max: 5 }) },
    { weight: 1, arbitrary: fc.constantFrom('crash' as const, 'rejected' as const) },
  );

  it('adds up at every moment: what it has received and what waits in the journal is what was answered', () => {
    fc.assert(
      fc.property(fc.array(anyStep, { minLength: 1, maxLength: 12 }), (steps) => {
        const core = openTestCore(temporaryFolder());
        let answered = 0;
        for (const [index, step] of steps.entries()) {
          if (step === 'crash') core.reopen();
          else if (step === 'rejected') answered += core.accept(rejectionsInput(1)).length;
          else if (typeof step === 'number') core.workIn(step);
          else
            answered += core.accept(
              ...step.map(({ entity, eventId, isClear }) =>
                reportInput({
                  entity_id: entity,
                  severity: isClear ? 'cleared' : 'major',
                  raised_at: at(index),
                  ...(eventId === undefined ? {} : { event_id: eventId }),
                }),
              ),
            ).length;
          const ledger = ledgerOf(core);
          expect(ledger.received).toBe(sumOf(ledger));
          const [waiting] = core.rows(
            `SELECT count(*) AS n FROM journal WHERE event_type = 'alarm.ingested'
               AND position > coalesce((SELECT position FROM handler_positions WHERE handler = 'alarms'), 0)`,
          );
          expect({ n: answered - ledger.received }).toEqual(waiting);
        }
        core.reopen();
        expect(ledgerOf(core).received).toBe(answered);
        core.close();
      }),
      { numRuns: 30 },
    );
  });
});
