import type { Alarm } from '#shared/api/alarms.ts';
import type { Cluster } from '#shared/api/clusters.ts';
import type { Pulse, Session, StreamItem } from '#shared/api/console.ts';
import type { Incident } from '#shared/api/incidents.ts';

const noon = '2026-11-22T12:00:00.000Z';

/** An alarm with all that a test does not care about. */
export function anAlarm(fields: Partial<Alarm> & { readonly alarm_id: string }): Alarm {
  return {
    tenant_id: 'north',
    entity_id: 'RTR-1',
    alarm_type: 'LINK_DOWN',
    specific_problem: '',
    probable_cause: null,
    severity: 'major',
    state: 'active',
    is_cleared: false,
    ack_state: 'unacked',
    acked_by: null,
    shelved_until: null,
    raised_at: noon,
    last_raised_at: noon,
    changed_at: noon,
    cleared_at: null,
    repeat_count: 0,
    source_system: 'test',
    cluster_id: null,
    flapping_since: null,
    flap_count: 0,
    source_cleared_at: null,
    suppressed_by: null,
    incident_id: null,
    text: '',
    ...fields,
  };
}

/** A cluster with all that a test does not care about. */
export function aCluster(fields: Partial<Cluster> & { readonly cluster_id: string }): Cluster {
  return {
    tenant_id: 'north',
    state: 'active',
    title: 'LINK_DOWN at RTR-1',
    severity: 'major',
    alarm_count: 4,
    active_count: 4,
    entity_count: 2,
    suppressed_count: 0,
    is_emergency_service: false,
    root_cause: { entity_id: 'RTR-1', alarm_id: null, confidence: 0.9, because: 'raised first' },
    runner_up: null,
    first_raised_at: noon,
    last_raised_at: noon,
    changed_at: noon,
    incident_id: null,
    merged_into: null,
    ...fields,
  };
}

/** An incident with all that a test does not care about. */
export function anIncident(fields: Partial<Incident> & { readonly incident_id: string }): Incident {
  return {
    tenant_id: 'north',
    cluster_id: null,
    entity_id: null,
    title: 'LINK_DOWN at RTR-1',
    severity: 'major',
    state: 'new',
    owner: null,
    is_emergency_service: false,
    alarm_count: 0,
    active_count: 0,
    created_at: noon,
    changed_at: noon,
    acknowledged_at: null,
    resolved_at: null,
    closed_at: null,
    ...fields,
  };
}

export function aPulse(fields: Partial<Pulse> = {}): Pulse {
  return {
    at: noon,
    ledger: { received: 0, new: 0, repeated: 0, cleared: 0, duplicate: 0, suppressed: 0, rejected: 0 },
    last_event_at: null,
    queue: { depth: 0, max: 10_000 },
    journal: { lag: 0, lag_max: 50_000 },
    core: 'running',
    raised_last_ten_minutes: 0,
    flood: false,
    flood_since: null,
    flood_raised: 0,
    disk_free_bytes: 4e11,
    feeds: [],
    ...fields,
  };
}

export function pulseItem(fields: Partial<Pulse> = {}): StreamItem {
  return { kind: 'pulse', pulse: aPulse(fields) };
}

export function aSession(fields: Partial<Session> = {}): Session {
  return {
    tenant_id: 'north',
    tenants: ['north'],
    operator: 'R. Osei',
    scopes: ['ADMIN'],
    engine: { version: '0.1.0', url: 'http://127.0.0.1:4620', data_folder: '/data', demo: false, started_at: noon },
    ...fields,
  };
}
