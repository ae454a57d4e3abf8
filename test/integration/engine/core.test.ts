import { describe, expect, it } from 'vitest';
import { getAlarm, listAlarms } from '#engine/alarms/alarm-queries.ts';
import { listClusters } from '#engine/correlation/cluster-queries.ts';
import { getIncident, listIncidents } from '#engine/incidents/incident-queries.ts';
import { getLedger } from '#engine/ledger/ledger-queries.ts';
import { type Alarm, alarmListInputSchema } from '#shared/api/alarms.ts';
import { commandInput, openTestCore, rejectionsInput, reportInput, type TestCore } from '#test/support/engine/core.ts';
import { at } from '#test/support/engine/reports.ts';
import { temporaryFolder } from '#test/support/engine/temporary-folder.ts';

const alarmsOf = (core: TestCore, tenantId = 'acme'): Alarm[] =>
  core.reader.read((unit) => listAlarms(unit, tenantId, alarmListInputSchema.parse({ limit: 1_000 })))?.items ?? [];
const ledgerOf = (core: TestCore, tenantId = 'acme') => core.reader.read((unit) => getLedger(unit, tenantId));
const incidentsOf = (core: TestCore, tenantId = 'acme') =>
  core.reader.read((unit) => listIncidents(unit, tenantId, { state: 'all', limit: 1_000 }))?.items ?? [];
const clustersOf = (core: TestCore, tenantId = 'acme') =>
  core.reader.read((unit) => listClusters(unit, tenantId, { state: 'all', limit: 1_000 }))?.items ?? [];
const one = <T>(items: readonly T[]): T => {
  const [first] = items;
  if (first === undefined || items.length !== 1) throw new Error(`There are ${items.length} items, not one.`);
  return first;
};

describe('the identity of an alarm', () => {
  it('is entity, alarm type and specific problem; nothing else', () => {
    const core = openTestCore(temporaryFolder());
    core.apply(
      reportInput(),
      reportInput({ severity: 'critical', text: 'worse', source_system: 'other', raised_at: at(1) }),
      reportInput({ specific_problem: 'port 1' }),
      reportInput({ specific_problem: 'port 2' }),
      reportInput({ alarm_type: 'LOS' }),
      reportInput({ entity_id: 'ROUTER-2' }),
    );
    expect(alarmsOf(core)).toHaveLength(5);
    expect(ledgerOf(core)).toMatchObject({ received: 6, new: 5, repeated: 1 });
  });

  it('holds across batches and restarts', () => {
    const core = openTestCore(temporaryFolder());
    core.apply(reportInput());
    core.reopen();
    core.apply(reportInput({ raised_at: at(5), severity: 'critical' }));
    expect(one(alarmsOf(core))).toMatchObject({
      severity: 'critical',
      repeat_count: 1,
      raised_at: at(0),
      last_raised_at: at(5),
    });
  });

  it('keeps everything that was reported in the alarm’s history, in order', () => {
    const core = openTestCore(temporaryFolder());
    core.apply(reportInput({ text: 'first' }), reportInput({ raised_at: at(2), text: 'second' }));
    const { alarm_id } = one(alarmsOf(core));
    core.do(
      commandInput({ name: 'alarm.operate', alarmId: alarm_id, operation: 'comment', note: 'looking', minutes: null }),
    );
    core.apply(reportInput({ raised_at: at(1) }), reportInput({ raised_at: at(9), severity: 'cleared' }));
    const history = core.reader.read((unit) => getAlarm(unit, 'acme', alarm_id))?.history ?? [];
    expect(history.map((entry) => [entry.outcome, entry.severity, entry.operator, entry.text])).toEqual([
      ['new', 'major', null, 'first'],
      ['changed', 'major', null, 'second'],
      ['operated', null, 'ana', 'looking'],
      ['stale', 'major', null, ''],
      ['cleared', 'cleared', null, ''],
    ]);
  });
});

describe('an event id', () => {
  it('is taken once per tenant, within a batch, across batches and restarts', () => {
    const core = openTestCore(temporaryFolder());
    const again = () => reportInput({ event_id: 'e-1' });
    expect(core.apply(again(), again()).results.map((result) => result.kind)).toEqual(['accepted', 'duplicate']);
    core.reopen();
    expect(core.do(again())).toEqual({ kind: 'duplicate', eventId: 'e-1' });
    expect(core.do(reportInput({ event_id: 'e-1' }, 'other'))).toEqual({ kind: 'accepted', eventId: 'e-1' });
    expect(ledgerOf(core)).toMatchObject({ received: 3, new: 1, repeated: 0, duplicate: 2 });
    expect(one(alarmsOf(core)).repeat_count).toBe(0);
    expect(core.rows(`SELECT count(*) AS n FROM journal WHERE event_id = 'e-1'`)).toEqual([{ n: 2 }]);
  });
});

describe('a batch that is sent again because its answer was lost', () => {
  it('is acknowledged as before and stored once', () => {
    const core = openTestCore(temporaryFolder());
    const batch = [
      reportInput({ event_id: 'e-1' }),
      reportInput({ entity_id: 'B' }),
      reportInput({ entity_id: 'B', raised_at: at(1) }),
    ];
    const first = core.apply(...batch).results;
    const before = [alarmsOf(core), ledgerOf(core), clustersOf(core), incidentsOf(core)];
    core.reopen();
    expect(core.apply(...batch).results).toEqual(first);
    expect([alarmsOf(core), ledgerOf(core), clustersOf(core), incidentsOf(core)]).toEqual(before);
  });
});

describe('a batch in which one command fails', () => {
  it('still carries out all the others', () => {
    const log: string[] = [];
    const core = openTestCore(temporaryFolder(), (line) => log.push(line));
    const token = { tenant_id: 'acme', name: 'nms', scopes: ['ALARM_READ' as const] };
    const create = () => commandInput({ name: 'token.create', input: token, tokenId: 't-1', secretHash: 'hash' });
    expect(core.do(create()).kind).toBe('done');
    const { results } = core.apply(reportInput({ entity_id: 'B' }), create(), reportInput({ entity_id: 'C' }));
    expect(results.map((result) => result.kind)).toEqual(['accepted', 'failed', 'accepted']);
    expect(
      alarmsOf(core)
        .map((alarm) => alarm.entity_id)
        .toSorted(),
    ).toEqual(['B', 'C']);
    expect(log.some((line) => line.includes('UNIQUE constraint failed'))).toBe(true);
  });
});

describe('emergency services', () => {
  it.each([
    ['an entity of that type', 'FIRE-BRIGADE', true],
    ['an unknown entity whose id says so', 'emergency-112', true],
    ['an unknown entity', 'ROUTER-9', false],
    ['a known entity of another type, whatever its id', 'EMERGENCY-LIGHT', false],
  ])('force critical for %s', (_what, entityId, isEmergency) => {
    const core = openTestCore(temporaryFolder());
    core.do(
      commandInput({
        name: 'topology.replace',
        topology: {
          entities: [
            { id: 'FIRE-BRIGADE', entity_type: 'EMERGENCY_SERVICE' },
            { id: 'EMERGENCY-LIGHT', entity_type: 'POWER' },
          ],
          links: [],
        },
      }),
    );
    core.apply(reportInput({ entity_id: entityId, severity: 'minor' }));
    core.settle();
    const cluster = one(clustersOf(core));
    expect(cluster.is_emergency_service).toBe(isEmergency);
    expect(incidentsOf(core).map((incident) => incident.severity)).toEqual(isEmergency ? ['critical'] : []);
    const byHand = core.do(
      commandInput({ name: 'incident.create', input: { title: 'By hand', severity: 'warning', entity_id: entityId } }),
    );
    const incident = core.reader.read((unit) => getIncident(unit, 'acme', byHand.kind === 'done' ? byHand.id : ''));
    expect(incident).toMatchObject({
      severity: isEmergency ? 'critical' : 'warning',
      is_emergency_service: isEmergency,
    });
  });

  it('stay critical, whoever asks for less', () => {
    const core = openTestCore(temporaryFolder());
    core.apply(reportInput({ entity_id: 'EMERGENCY-1', severity: 'minor' }));
    const { incident_id } = one(incidentsOf(core));
    const patch = core.do(commandInput({ name: 'incident.patch', input: { incident_id, severity: 'minor' } }));
    expect(patch).toMatchObject({ kind: 'refused', refusal: { code: 'CONFLICT' } });
    expect(one(incidentsOf(core)).severity).toBe('critical');
  });
});

describe('incidents follow their clusters', () => {
  it('by ending untouched ones when everything has cleared, and opening them again', () => {
    const core = openTestCore(temporaryFolder());
    core.apply(reportInput());
    expect(incidentsOf(core)).toEqual([]);
    core.settle();
    expect(one(incidentsOf(core))).toMatchObject({ state: 'new', active_count: 1 });
    core.apply(reportInput({ severity: 'cleared', raised_at: at(5) }));
    expect(one(incidentsOf(core))).toMatchObject({ state: 'resolved', active_count: 0, acknowledged_at: null });
    core.apply(reportInput({ raised_at: at(9) }));
    core.settle();
    expect(incidentsOf(core).filter((incident) => incident.state === 'new')).toHaveLength(1);
  });

  it('but leave to people what people have taken', () => {
    const core = openTestCore(temporaryFolder());
    core.apply(reportInput());
    core.settle();
    const { incident_id } = one(incidentsOf(core));
    core.do(commandInput({ name: 'incident.move', incidentId: incident_id, move: 'ack', note: null }));
    core.apply(reportInput({ severity: 'cleared', raised_at: at(5) }));
    expect(one(incidentsOf(core))).toMatchObject({ state: 'acknowledged', active_count: 0 });
  });
});

describe('shelved alarms', () => {
  it('are suppressed in the ledger while the shelf holds, and keep their state', () => {
    const core = openTestCore(temporaryFolder());
    core.apply(reportInput());
    const { alarm_id } = one(alarmsOf(core));
    core.do(
      commandInput({ name: 'alarm.operate', alarmId: alarm_id, operation: 'shelve', note: 'works', minutes: 10 }),
    );
    core.apply(reportInput({ raised_at: at(1), severity: 'critical' }));
    core.pass(601);
    core.apply(reportInput({ raised_at: at(2) }));
    expect(ledgerOf(core)).toMatchObject({ received: 3, new: 1, suppressed: 1, repeated: 1 });
    expect(one(alarmsOf(core))).toMatchObject({ repeat_count: 2 });
  });
});

describe('rejections', () => {
  it('count in the ledger of their tenant and leave no event', () => {
    const core = openTestCore(temporaryFolder());
    core.apply(rejectionsInput(3), rejectionsInput(2, 'other'));
    expect(ledgerOf(core)).toMatchObject({ received: 3, rejected: 3 });
    expect(ledgerOf(core, 'other')).toMatchObject({ received: 2, rejected: 2 });
    expect(core.rows('SELECT * FROM journal')).toEqual([]);
  });
});
