import { describe, expect, test } from 'vitest';
import { moveTo, namedMove } from '#engine/incidents/incident-rules.ts';
import {
  countStates,
  filterIncidents,
  incidentClock,
  sortIncidents,
} from '#renderer/features/incidents/incident-list.ts';
import { offeredMoves } from '#renderer/features/incidents/life-cycle.ts';
import type { Incident } from '#shared/api/incidents.ts';
import { incidentStates } from '#shared/vocabulary/incident-state.ts';

const base: Incident = {
  incident_id: 'i1',
  tenant_id: 'north',
  cluster_id: null,
  entity_id: 'LON-3',
  title: 'Fibre cut',
  severity: 'major',
  state: 'new',
  owner: null,
  is_emergency_service: false,
  alarm_count: 0,
  active_count: 0,
  created_at: '2026-11-22T02:00:00.000Z',
  changed_at: '2026-11-22T02:00:00.000Z',
  acknowledged_at: null,
  resolved_at: null,
  closed_at: null,
};

describe('the steps that are offered', () => {
  test.each(incidentStates)('from %s are exactly those that the engine takes', (from) => {
    for (const move of offeredMoves(from)) {
      const answer = move.name === 'reopen' ? namedMove(from, 'reopen') : moveTo(from, move.to);
      expect(answer).toEqual({ kind: 'moved', to: move.to });
    }
    const reachable = incidentStates.filter((to) => moveTo(from, to).kind === 'moved');
    expect(new Set(offeredMoves(from).map((move) => move.to))).toEqual(new Set(reachable));
  });

  test('have keys of their own in each state', () => {
    for (const state of incidentStates) {
      const keys = offeredMoves(state).map((move) => move.key);
      expect(new Set(keys).size).toBe(keys.length);
    }
  });
});

describe('the list of incidents', () => {
  const incidents: Incident[] = [
    { ...base, incident_id: 'old-major', created_at: '2026-11-22T01:00:00.000Z', owner: 'Ines' },
    { ...base, incident_id: 'emergency', severity: 'critical', is_emergency_service: true },
    { ...base, incident_id: 'critical', severity: 'critical', state: 'in_progress' },
    { ...base, incident_id: 'over', severity: 'critical', state: 'closed' },
    { ...base, incident_id: 'major' },
  ];
  const ids = (list: readonly Incident[]) => list.map((incident) => incident.incident_id);

  test('puts emergency services first, then severity, then the oldest; what is over last', () => {
    expect(ids(sortIncidents(incidents, { key: 'urgency', descending: true }))).toEqual([
      'emergency',
      'critical',
      'old-major',
      'major',
      'over',
    ]);
  });

  test('narrows by state, owner and words', () => {
    const list = (part: Partial<Parameters<typeof filterIncidents>[1]>) =>
      ids(filterIncidents(incidents, { state: 'all', owner: 'anybody', words: '', ...part }, 'Ines'));
    expect(list({ state: 'open' })).toHaveLength(4);
    expect(list({ state: 'closed' })).toEqual(['over']);
    expect(list({ owner: 'me' })).toEqual(['old-major']);
    expect(list({ owner: 'nobody', state: 'open' })).toHaveLength(3);
    expect(list({ words: 'fibre LON' })).toHaveLength(5);
    expect(list({ words: 'fibre swindon' })).toEqual([]);
  });

  test('counts what each state would list', () => {
    expect(Object.fromEntries(countStates(incidents))).toEqual({
      open: 4,
      new: 3,
      acknowledged: 0,
      in_progress: 1,
      resolved: 0,
      closed: 1,
      all: 5,
    });
  });
});

test('the clock waits, then runs, then stands at what it took', () => {
  const since = Date.parse(base.created_at);
  expect(incidentClock(base)).toEqual({ counts: 'waits', since, until: null });
  expect(incidentClock({ ...base, state: 'in_progress' })).toEqual({ counts: 'open', since, until: null });
  const resolved = { ...base, state: 'resolved', resolved_at: '2026-11-22T03:00:00.000Z' } as const;
  expect(incidentClock(resolved)).toEqual({ counts: 'took', since, until: since + 3_600_000 });
});
