import type { AlarmIngested, AlarmReport } from '#shared/events/events.ts';
import { toTimestamp } from '#shared/vocabulary/time.ts';

/** 2026-03-01T00:00:00Z; tests tell times in seconds after it. */
export const start = Date.UTC(2026, 2, 1);

/** The wire form of a time, in seconds after `start`. */
export function at(seconds: number): string {
  return toTimestamp(start + seconds * 1_000);
}

/** A report with everything that a test does not care about filled in. */
export function report(fields: Partial<AlarmReport> = {}): AlarmReport {
  return {
    entity_id: 'ROUTER-1',
    alarm_type: 'LINK_DOWN',
    severity: 'major',
    raised_at: at(0),
    source_system: 'nms',
    ...fields,
  };
}

/** The journal's event of such a report. */
export function ingested(fields: Partial<AlarmIngested> = {}): AlarmIngested {
  return {
    event_id: 'event-1',
    tenant_id: 'acme',
    timestamp: fields.raised_at ?? at(0),
    event_type: 'alarm.ingested',
    trace_id: '0af7651916cd43dd8448eb211c80319c',
    entity_id: 'ROUTER-1',
    alarm_type: 'LINK_DOWN',
    severity: 'major',
    raised_at: at(0),
    source_system: 'nms',
    specific_problem: '',
    probable_cause: null,
    text: '',
    cleared_at: null,
    ...fields,
  };
}
