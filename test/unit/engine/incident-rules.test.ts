import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type IncidentRow,
  incidentSeverity,
  moveTo,
  namedMove,
  opensIncident,
  withState,
} from '#engine/incidents/incident-rules.ts';
import { type IncidentState, incidentStates } from '#shared/vocabulary/incident-state.ts';
import { severities } from '#shared/vocabulary/severity.ts';

/** Every move that a person may make, written down once more, independent of the rules. */
const legal = new Set([
  'new>acknowledged',
  'acknowledged>in_progress',
  'acknowledged>resolved',
  'in_progress>resolved',
  'resolved>closed',
  'resolved>in_progress',
  'closed>in_progress',
]);
const pairs = incidentStates.flatMap((from) => incidentStates.map((to) => ({ from, to })));

const incident: IncidentRow = {
  incidentId: 'i-1',
  tenantId: 'acme',
  clusterId: null,
  entityId: null,
  title: 'Link down',
  severity: 'major',
  state: 'new',
  owner: null,
  isEmergencyService: false,
  alarmCount: 0,
  activeCount: 0,
  createdAt: 1_000,
  changedAt: 1_000,
  acknowledgedAt: null,
  resolvedAt: null,
  closedAt: null,
  sequence: 1,
};

describe('moves between states', () => {
  it.each(pairs)('$from → $to', ({ from, to }) => {
    const result = moveTo(from, to);
    if (from === to) expect(result).toEqual({ kind: 'unchanged' });
    else if (legal.has(`${from}>${to}`)) expect(result).toEqual({ kind: 'moved', to });
    else expect(result).toMatchObject({ kind: 'refused', message: expect.stringContaining('The incident is') });
  });

  it.each([
    ['new', 'ack', 'acknowledged'],
    ['acknowledged', 'ack', 'unchanged'],
    ['in_progress', 'ack', 'unchanged'],
    ['resolved', 'ack', 'refused'],
    ['closed', 'ack', 'refused'],
    ['new', 'resolve', 'refused'],
    ['acknowledged', 'resolve', 'resolved'],
    ['in_progress', 'resolve', 'resolved'],
    ['resolved', 'resolve', 'unchanged'],
    ['closed', 'resolve', 'refused'],
    ['new', 'close', 'refused'],
    ['acknowledged', 'close', 'refused'],
    ['in_progress', 'close', 'refused'],
    ['resolved', 'close', 'closed'],
    ['closed', 'close', 'unchanged'],
    ['new', 'reopen', 'refused'],
    ['acknowledged', 'reopen', 'refused'],
    ['in_progress', 'reopen', 'refused'],
    ['resolved', 'reopen', 'in_progress'],
    ['closed', 'reopen', 'in_progress'],
  ] as const)('%s, asked to %s, becomes %s', (from, move, expected) => {
    const result = namedMove(from, move);
    expect(result.kind === 'moved' ? result.to : result.kind).toBe(expected);
  });
});

describe('milestones', () => {
  const through = (...states: IncidentState[]) =>
    states.reduce((row, state, index) => withState(row, state, 2_000 + index * 1_000), incident);

  it('keep the first time of each', () => {
    expect(through('acknowledged', 'in_progress', 'resolved', 'closed')).toMatchObject({
      state: 'closed',
      acknowledgedAt: 2_000,
      resolvedAt: 4_000,
      closedAt: 5_000,
      changedAt: 5_000,
    });
  });

  it('take back the end when the incident is reopened, and not the acknowledgement', () => {
    expect(through('acknowledged', 'resolved', 'closed', 'in_progress')).toMatchObject({
      acknowledgedAt: 2_000,
      resolvedAt: null,
      closedAt: null,
    });
  });

  it('do not call an incident acknowledged that ended by itself', () => {
    expect(through('resolved')).toMatchObject({ acknowledgedAt: null, resolvedAt: 2_000 });
  });

  it('never lie: whatever the moves, only ended states have an end, and a resolved one always has', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...incidentStates), { minLength: 1, maxLength: 12 }), (states) => {
        const row = through(...states);
        if (row.state === 'resolved') expect(row.resolvedAt).not.toBeNull();
        if (row.state !== 'resolved' && row.state !== 'closed') expect(row.resolvedAt).toBeNull();
        expect(row.closedAt !== null).toBe(row.state === 'closed');
      }),
    );
  });
});

describe('incidents of clusters', () => {
  const cluster = { alarmCount: 1, severity: 'minor', isEmergencyService: false, state: 'active' } as const;

  it('are opened for what deserves one', () => {
    expect(opensIncident(cluster)).toBe(false);
    expect(opensIncident({ ...cluster, alarmCount: 2 })).toBe(true);
    expect(opensIncident({ ...cluster, severity: 'major' })).toBe(true);
    expect(opensIncident({ ...cluster, isEmergencyService: true })).toBe(true);
    expect(opensIncident({ ...cluster, severity: 'critical', state: 'merged' })).toBe(false);
  });

  it.each(severities)('of an emergency service are critical, whatever their %s alarms', (severity) => {
    expect(incidentSeverity(severity, true)).toBe('critical');
    expect(incidentSeverity(severity, false)).toBe(severity);
  });
});
