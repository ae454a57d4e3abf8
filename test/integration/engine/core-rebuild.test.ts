import { describe, expect, it } from 'vitest';
import { listAlarms } from '#engine/alarms/alarm-queries.ts';
import type { Command } from '#engine/core/inputs.ts';
import { changesAfter } from '#engine/streams/changes-after.ts';
import { currentSequence } from '#engine/streams/sequence-query.ts';
import { alarmListInputSchema } from '#shared/api/alarms.ts';
import { commandInput, openTestCore, reportInput, type TestCore } from '#test/support/engine/core.ts';
import { at } from '#test/support/engine/reports.ts';
import { temporaryFolder } from '#test/support/engine/temporary-folder.ts';

/** Everything that is derived from the journal. The ledger also counts what was never journaled. */
const projections = [
  'alarms',
  'alarm_history',
  'alarm_rate',
  'feeds',
  'clusters',
  'cluster_members',
  'incidents',
  'incident_history',
];

function forgetProjections(core: TestCore): void {
  core.tamper((client) => {
    for (const table of [...projections, 'handler_positions', 'ledger']) client.exec(`DELETE FROM ${table}`);
  });
}

/** What a person can see of the state, in an order that does not depend on when a row was written. */
const stateOf = (core: TestCore) => ({
  alarms: core.rows(
    `SELECT alarm_id, tenant_id, entity_id, alarm_type, specific_problem, severity, is_cleared, is_acked, acked_by, is_live,
       shelved_until, raised_at, last_raised_at, cleared_at, repeat_count, text, cluster_id, incident_id FROM alarms ORDER BY alarm_id`,
  ),
  history: core.rows('SELECT * FROM alarm_history ORDER BY position'),
  clusters: core.rows(
    `SELECT cluster_id, tenant_id, state, title, severity, alarm_count, active_count, entity_count, is_emergency_service,
       first_raised_at, last_raised_at, incident_id FROM clusters WHERE state <> 'merged' ORDER BY cluster_id`,
  ),
  members: core.rows(
    `SELECT m.cluster_id, m.alarm_id FROM cluster_members m JOIN alarms a ON a.alarm_id = m.alarm_id AND a.cluster_id = m.cluster_id ORDER BY 1, 2`,
  ),
  incidents: core.rows(
    `SELECT incident_id, tenant_id, cluster_id, title, severity, state, owner, is_emergency_service, alarm_count, active_count,
       created_at, acknowledged_at, resolved_at, closed_at FROM incidents ORDER BY incident_id`,
  ),
  ledger: core.rows('SELECT tenant_id, new, repeated, cleared FROM ledger ORDER BY tenant_id'),
});

const alarmId = (core: TestCore, entityId: string): string => {
  const input = alarmListInputSchema.parse({ entity_id: entityId });
  const alarm = core.reader.read((unit) => listAlarms(unit, 'acme', input))?.items[0];
  if (alarm === undefined) throw new Error(`There is no alarm at ${entityId}.`);
  return alarm.alarm_id;
};

const operate = (id: string, operation: 'ack' | 'clear' | 'comment', note: string | null = null): Command => ({
  name: 'alarm.operate',
  alarmId: id,
  operation,
  note,
  minutes: null,
});

/** A shift: two tenants, links, raises, repeats, clears out of order, people at work. */
function workAShift(core: TestCore): void {
  core.do(
    commandInput({
      name: 'topology.replace',
      topology: {
        entities: [
          { id: 'P1', entity_type: 'POWER' },
          { id: 'R1', entity_type: 'ROUTER' },
          { id: 'C1', entity_type: 'CELL' },
          { id: 'EMERGENCY-1', entity_type: 'EMERGENCY_SERVICE' },
        ],
        links: [
          { from: 'R1', to: 'P1', kind: 'depends_on' },
          { from: 'C1', to: 'R1', kind: 'depends_on' },
        ],
      },
    }),
  );
  core.apply(reportInput({ entity_id: 'P1', alarm_type: 'POWER_FAIL', severity: 'critical', raised_at: at(0) }));
  core.pass(2);
  core.apply(
    reportInput({ entity_id: 'R1', alarm_type: 'LINK_DOWN', raised_at: at(1) }),
    reportInput({ entity_id: 'C1', alarm_type: 'CELL_DOWN', raised_at: at(2), severity: 'minor' }),
    reportInput({ entity_id: 'P1', alarm_type: 'POWER_FAIL', severity: 'critical', raised_at: at(2) }),
    reportInput({ entity_id: 'R1', alarm_type: 'LINK_DOWN', raised_at: at(1) }, 'other'),
  );
  core.settle();
  core.pass(1_000);
  core.apply(reportInput({ entity_id: 'EMERGENCY-1', severity: 'warning', raised_at: at(1_000) }));
  core.do(commandInput(operate(alarmId(core, 'P1'), 'ack')));
  core.do(commandInput(operate(alarmId(core, 'R1'), 'comment', 'crew on its way')));
  core.do(commandInput({ name: 'incident.create', input: { title: 'By hand', severity: 'minor', note: 'noticed' } }));
  core.pass(60);
  core.apply(
    reportInput({ entity_id: 'P1', alarm_type: 'POWER_FAIL', severity: 'cleared', raised_at: at(1_050) }),
    reportInput({ entity_id: 'C1', alarm_type: 'CELL_DOWN', severity: 'cleared', raised_at: at(1) }),
  );
  core.do(commandInput(operate(alarmId(core, 'C1'), 'clear')));
  core.settle();
}

describe('a core whose projections were lost', () => {
  it('makes the same alarms, clusters and incidents of the journal', () => {
    const core = openTestCore(temporaryFolder());
    workAShift(core);
    const before = stateOf(core);
    expect(before.incidents.length).toBeGreaterThanOrEqual(3);
    const journal = core.rows('SELECT * FROM journal ORDER BY position');
    core.close();
    forgetProjections(core);
    core.reopen();
    core.settle();
    expect(stateOf(core)).toEqual(before);
    expect(core.rows('SELECT * FROM journal ORDER BY position').slice(0, journal.length)).toEqual(journal);
  });

  it('goes on from there as if nothing had happened', () => {
    const core = openTestCore(temporaryFolder());
    workAShift(core);
    core.close();
    forgetProjections(core);
    core.reopen();
    core.apply(reportInput({ entity_id: 'P1', alarm_type: 'POWER_FAIL', severity: 'critical', raised_at: at(2_000) }));
    expect(alarmId(core, 'P1')).toMatch(/^a-/);
    expect(core.rows(`SELECT count(*) AS n FROM alarms WHERE entity_id = 'P1'`)).toEqual([{ n: 1 }]);
  });

  it('gives every change a sequence that subscribers have not seen', () => {
    const core = openTestCore(temporaryFolder());
    workAShift(core);
    const before = core.reader.read(currentSequence);
    core.close();
    forgetProjections(core);
    core.reopen();
    const changed = core.reader.read((unit) => changesAfter(unit, 'acme', before, 1_000));
    expect(changed.length).toBeGreaterThan(0);
    expect(core.reader.read((unit) => changesAfter(unit, 'acme', 0, 1_000))).toEqual(changed);
  });
});

describe('a core that is opened again', () => {
  it('has the state it had, to the byte', () => {
    const core = openTestCore(temporaryFolder());
    workAShift(core);
    const tables = [...projections, 'ledger', 'journal', 'handler_positions', 'change_sequence'];
    const content = () => tables.map((table) => core.rows(`SELECT * FROM ${table}`));
    const before = content();
    core.reopen();
    core.reopen();
    expect(content()).toEqual(before);
  });

  it('works in what stands in the journal but was not handled', () => {
    const core = openTestCore(temporaryFolder());
    core.apply(reportInput({ entity_id: 'A', event_id: 'e-1' }));
    core.apply(reportInput({ entity_id: 'B', event_id: 'e-2' }));
    const before = stateOf(core);
    core.close();
    core.tamper((client) => {
      const position = client.prepare(`SELECT position FROM journal WHERE event_id = 'e-2'`).pluck().get();
      client.prepare('UPDATE handler_positions SET position = ? - 1').run(position);
      client.prepare('DELETE FROM alarm_history WHERE position >= ?').run(position);
      client.prepare('DELETE FROM incident_history WHERE position >= ?').run(position);
      client.exec(`DELETE FROM alarms WHERE entity_id = 'B'`);
      client.exec(`DELETE FROM cluster_members WHERE alarm_id NOT IN (SELECT alarm_id FROM alarms)`);
      client.exec(`DELETE FROM clusters WHERE cluster_id NOT IN (SELECT cluster_id FROM cluster_members)`);
      client.exec(`DELETE FROM incidents WHERE cluster_id NOT IN (SELECT cluster_id FROM clusters)`);
      client.exec('UPDATE ledger SET new = new - 1');
    });
    core.reopen();
    expect(stateOf(core)).toEqual(before);
  });
});
