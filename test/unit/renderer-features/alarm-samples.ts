import type { Alarm } from '#shared/api/alarms.ts';

const base: Alarm = {
  alarm_id: 'a1',
  tenant_id: 'north',
  entity_id: 'LON-3',
  alarm_type: 'LINK_DOWN',
  specific_problem: 'port 3',
  probable_cause: null,
  severity: 'critical',
  state: 'active',
  is_cleared: false,
  ack_state: 'unacked',
  acked_by: null,
  shelved_until: null,
  raised_at: '2026-11-22T02:00:00.000Z',
  last_raised_at: '2026-11-22T02:00:00.000Z',
  changed_at: '2026-11-22T02:00:00.000Z',
  cleared_at: null,
  repeat_count: 0,
  source_system: 'netact',
  cluster_id: null,
  flapping_since: null,
  flap_count: 0,
  source_cleared_at: null,
  suppressed_by: null,
  incident_id: null,
  text: '',
};

/** An alarm that stands and waits, with what matters to a test put over it. */
export function alarmWith(over: Partial<Alarm>): Alarm {
  return { ...base, ...over };
}

/** The moment at which the tests look: ten minutes after the sample alarm was raised. */
export const sampleNow = Date.parse('2026-11-22T02:10:00.000Z');
