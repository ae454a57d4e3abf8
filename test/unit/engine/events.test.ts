import { describe, expect, it } from 'vitest';
import {
  alarmClusterCreatedSchema,
  alarmClusterUpdatedSchema,
  alarmIngestedSchema,
  alarmOperatedSchema,
  alarmReportSchema,
  baseEventSchema,
  incidentChangedSchema,
  incidentCreatedSchema,
  journalEventSchema,
  sleepingCellDetectedSchema,
} from '#shared/events/events.ts';
import { at, ingested, report } from '#test/support/engine/reports.ts';

const base = {
  event_id: 'e-1',
  tenant_id: 'acme',
  timestamp: at(0),
  trace_id: '0af7651916cd43dd8448eb211c80319c',
};
const cluster = {
  cluster_id: 'c-1',
  alarm_count: 3,
  root_cause_entity_id: 'ROUTER-1',
  severity: 'critical',
  is_emergency_service: true,
};
const events = [
  { schema: alarmIngestedSchema, event: ingested() },
  {
    schema: alarmOperatedSchema,
    event: {
      ...base,
      event_type: 'alarm.operated',
      alarm_id: 'a-1',
      operation: 'ack',
      operator: 'ana',
      note: null,
      shelved_until: null,
    },
  },
  {
    schema: sleepingCellDetectedSchema,
    event: {
      ...base,
      event_type: 'sleeping_cell.detected',
      entity_id: 'CELL-1',
      metric_name: 'throughput',
      z_score: -4.2,
      baseline_mean: 80,
      current_value: 0,
    },
  },
  { schema: alarmClusterCreatedSchema, event: { ...base, ...cluster, event_type: 'alarm_cluster.created' } },
  { schema: alarmClusterUpdatedSchema, event: { ...base, ...cluster, event_type: 'alarm_cluster.updated' } },
  {
    schema: incidentCreatedSchema,
    event: {
      ...base,
      event_type: 'incident.created',
      incident_id: 'i-1',
      severity: 'major',
      entity_id: null,
      cluster_id: 'c-1',
      title: 'Link down',
      operator: null,
      is_emergency_service: false,
    },
  },
  {
    schema: incidentChangedSchema,
    event: { ...base, event_type: 'incident.changed', incident_id: 'i-1', operator: null },
  },
].map(({ schema, event }) => ({ schema, event, name: event.event_type }));

const without = (event: object, field: string) =>
  Object.fromEntries(Object.entries(event).filter(([key]) => key !== field));

describe.each(events)('the event $name', ({ schema, event }) => {
  it('is taken by its own schema and by the journal', () => {
    expect(schema.parse(event)).toEqual(event);
    expect(journalEventSchema.parse(event)).toEqual(event);
  });

  it.each(Object.keys(event))('needs %s, which has no default', (field) => {
    expect(schema.safeParse(without(event, field)).success).toBe(false);
    expect(journalEventSchema.safeParse(without(event, field)).success).toBe(false);
  });

  it.each(['', ' ', 'a b', '../acme', 'a/b', '-acme', 'x'.repeat(65), null, 7])('refuses the tenant %j', (tenant) => {
    expect(schema.safeParse({ ...event, tenant_id: tenant }).success).toBe(false);
  });

  it('refuses a trace id that is not 32 hexadecimal digits', () => {
    expect(schema.safeParse({ ...event, trace_id: 'abc' }).success).toBe(false);
  });

  it('refuses a time without an offset', () => {
    expect(schema.safeParse({ ...event, timestamp: '2026-03-01T00:00:00' }).success).toBe(false);
  });
});

describe('the base event', () => {
  it('has its five fields and no default for the tenant', () => {
    expect(Object.keys(baseEventSchema.shape).toSorted()).toEqual([
      'event_id',
      'event_type',
      'tenant_id',
      'timestamp',
      'trace_id',
    ]);
    expect(baseEventSchema.safeParse({ ...without(base, 'tenant_id'), event_type: 'x' }).success).toBe(false);
  });
});

describe('the journal', () => {
  it('takes no event of an unknown type', () => {
    expect(journalEventSchema.safeParse({ ...base, event_type: 'alarm.invented' }).success).toBe(false);
  });
});

describe('a report', () => {
  it.each(['critical', 'major', 'minor', 'warning', 'indeterminate', 'cleared'])('may be %s', (severity) => {
    expect(alarmReportSchema.safeParse({ ...report(), severity }).success).toBe(true);
  });

  it.each(['2026-03-01T00:00:00Z', '2026-03-01T01:00:00+01:00', '2026-03-01T00:00:00.123456Z'])(
    'may be raised at %s',
    (raisedAt) => {
      expect(alarmReportSchema.safeParse({ ...report(), raised_at: raisedAt }).success).toBe(true);
      expect(Date.parse(raisedAt)).not.toBeNaN();
    },
  );

  it.each([
    ['entity_id', ''],
    ['entity_id', 'a\u0000b'],
    ['entity_id', 'line\nfeed'],
    ['entity_id', 'x'.repeat(257)],
    ['entity_id', 7],
    ['entity_id', null],
    ['alarm_type', ''],
    ['severity', 'CRITICAL'],
    ['severity', 'fatal'],
    ['severity', null],
    ['raised_at', '2026-03-01T00:00:00'],
    ['raised_at', '2026-03-01'],
    ['raised_at', '2026-02-30T00:00:00Z'],
    ['raised_at', '01.03.2026 00:00:00Z'],
    ['raised_at', 'yesterday'],
    ['raised_at', 1_772_323_200_000],
    ['cleared_at', '2026-02-28T23:59:59Z'],
    ['cleared_at', 'soon'],
    ['source_system', ''],
    ['specific_problem', 'x'.repeat(1_025)],
    ['text', 'x'.repeat(65_537)],
    ['event_id', ''],
    ['event_id', 'x'.repeat(257)],
  ])('is refused when %s is %j, and the field is named', (field, value) => {
    const parsed = alarmReportSchema.safeParse({ ...report(), [field]: value });
    expect(new Set(parsed.error?.issues.map((issue) => issue.path.join('.')))).toEqual(new Set([field]));
  });

  it('names every field that is wrong, not only the first', () => {
    const parsed = alarmReportSchema.safeParse({ severity: 'fatal', raised_at: 'now' });
    expect(parsed.error?.issues.map((issue) => issue.path.join('.')).toSorted()).toEqual([
      'alarm_type',
      'entity_id',
      'raised_at',
      'severity',
      'source_system',
    ]);
  });
});
