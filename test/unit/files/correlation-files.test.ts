import { describe, expect, it } from 'vitest';
import { correlateFile } from '#engine/correlation/correlate-file.ts';
import { parseAlarmsFile } from '#shared/files/alarms-file.ts';
import { clusterLineSchema } from '#shared/files/cluster-line.ts';
import { parseTopologyFile } from '#shared/files/topology-file.ts';

const topologyText = `{
  "entities": [
    {"id": "P1", "entity_type": "POWER", "geo_lat": null},
    {"id": "R1", "entity_type": "ROUTER"}
  ],
  "links": [{"from": "R1", "to": "P1", "kind": "depends_on"}]
}`;
const line = (fields: Record<string, unknown>): string =>
  JSON.stringify({
    entity_id: 'P1',
    alarm_type: 'X',
    severity: 'major',
    raised_at: '2026-03-01T00:00:00Z',
    source_system: 'nms',
    ...fields,
  });

describe('TOPOLOGY.json', () => {
  it('reads entities and links, null meaning not told', () => {
    const file = parseTopologyFile(topologyText, 'T.json');
    expect(file.entities.map((entity) => entity.id)).toEqual(['P1', 'R1']);
    expect(file.entities[0]?.geo_lat).toBeUndefined();
  });

  it('names the line of a field that is wrong', () => {
    const broken = topologyText.replace('"ROUTER"', '7');
    expect(() => parseTopologyFile(broken, 'T.json')).toThrow(/^T\.json:4: entities\.1\.entity_type: /);
    const unknownKind = topologyText.replace('depends_on', 'likes');
    expect(() => parseTopologyFile(unknownKind, 'T.json')).toThrow(/^T\.json:6: links\.0\.kind: /);
  });

  it('names the line of a syntax error', () => {
    expect(() => parseTopologyFile(topologyText.replace('"R1",', '"R1"'), 'T.json')).toThrow(/^T\.json:4: not JSON/);
  });
});

describe('ALARMS.jsonl', () => {
  it('takes the line number for a missing id and skips blank lines', () => {
    const alarms = parseAlarmsFile(`${line({})}\n\n${line({})}\n`, 'A.jsonl');
    expect(alarms.map((alarm) => alarm.alarm_id)).toEqual(['1', '3']);
  });

  it('names file, line and what is wrong', () => {
    const bad = (text: string) => () => parseAlarmsFile(`${line({})}\n${text}`, 'A.jsonl');
    expect(bad('{')).toThrow(/^A\.jsonl:2: not JSON/);
    expect(bad(line({ severity: 'loud' }))).toThrow(/^A\.jsonl:2: severity: /);
    expect(bad(line({ raised_at: '2026-03-01T00:00:00' }))).toThrow(/^A\.jsonl:2: raised_at: /);
    expect(bad(line({ cleared_at: '2026-02-01T00:00:00Z' }))).toThrow(/^A\.jsonl:2: cleared_at: /);
    expect(bad(line({ alarm_id: '1' }))).toThrow(/^A\.jsonl:2: alarm_id: /);
  });
});

describe('cluster lines', () => {
  it('puts every alarm into one line, in event-time order, with reasons when asked', () => {
    const alarms = parseAlarmsFile(
      [
        line({ alarm_id: 'late', entity_id: 'R1', raised_at: '2026-03-01T02:00:20+02:00' }),
        line({ alarm_id: 'first', severity: 'critical' }),
        line({ alarm_id: 'other', entity_id: 'EMERGENCY-9', raised_at: '2026-03-02T00:00:00Z', severity: 'minor' }),
        line({ severity: 'cleared', raised_at: '2026-03-01T01:00:00Z' }),
      ].join('\n'),
      'A.jsonl',
    );
    const lines = correlateFile({ topology: parseTopologyFile(topologyText, 'T.json'), alarms, explain: true });
    for (const each of lines) clusterLineSchema.parse(each);
    expect(lines.map((each) => [...each.alarm_ids].sort())).toEqual([['first', 'late'], ['other']]);
    expect(lines[0]?.root_cause).toMatchObject({ entity_id: 'P1', alarm_id: 'first' });
    expect(lines[1]).toMatchObject({ severity: 'critical', is_emergency_service: true });
    expect(lines[0]?.explanation?.map((reason) => reason.alarm_id).sort()).toEqual(['first', 'late']);
  });

  it('leaves the alarms of a history out of the answer', () => {
    const topology = parseTopologyFile(topologyText, 'T.json');
    const history = parseAlarmsFile(line({ alarm_id: 'x', raised_at: '2026-02-28T23:59:40Z' }), 'H.jsonl');
    const alarms = parseAlarmsFile(line({ alarm_id: 'x', entity_id: 'R1' }), 'A.jsonl');
    const lines = correlateFile({ topology, alarms, history });
    expect(lines.map((each) => each.alarm_ids)).toEqual([['x']]);
    expect(lines[0]).toMatchObject({ first_raised_at: '2026-03-01T00:00:00.000Z', root_cause: { entity_id: 'P1' } });
  });
});
