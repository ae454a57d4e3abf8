import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldFlood } from '#renderer/features/alarms/view/flood-fold.ts';
import type { Alarm } from '#shared/api/alarms.ts';
import { severities, severityRank } from '#shared/vocabulary/severity.ts';
import { toTimestamp } from '#shared/vocabulary/time.ts';
import { alarmWith } from './alarm-samples.ts';

const anyAlarms = fc
  .array(
    fc.record({
      entity: fc.nat(6),
      type: fc.nat(3),
      severity: fc.constantFrom(...severities),
      second: fc.nat(900),
    }),
    { maxLength: 60 },
  )
  .map((facts) =>
    facts.map(({ entity, type, severity, second }, index) =>
      alarmWith({
        alarm_id: `a-${index}`,
        entity_id: `E${entity}`,
        alarm_type: `T${type}`,
        severity,
        raised_at: toTimestamp(second * 1_000),
      }),
    ),
  );
const isEmergency = (alarm: Alarm) => alarm.entity_id === 'E0';

describe('folding a flood', () => {
  it('keeps the first of each object and kind, what is worse, and emergency services; counts the rest', () => {
    const at = (second: number, fields: Partial<Alarm>) =>
      alarmWith({ alarm_id: `a-${second}`, raised_at: toTimestamp(second * 1_000), ...fields });
    const alarms = [
      at(1, { entity_id: 'E1', alarm_type: 'A', severity: 'major' }),
      at(2, { entity_id: 'E1', alarm_type: 'A', severity: 'major' }),
      at(3, { entity_id: 'E1', alarm_type: 'B', severity: 'minor' }),
      at(4, { entity_id: 'E1', alarm_type: 'B', severity: 'critical' }),
      at(5, { entity_id: 'E0', alarm_type: 'A', severity: 'major' }),
      at(6, { entity_id: 'E0', alarm_type: 'A', severity: 'major' }),
    ];
    const { listed, folded, objects } = foldFlood(alarms, { from: 0, isEmergency });
    expect(listed.map(({ alarm_id }) => alarm_id)).toEqual(['a-1', 'a-3', 'a-4', 'a-5', 'a-6']);
    expect({ folded, objects }).toEqual({ folded: 1, objects: 1 });
  });

  it('never hides an object, a kind, the worst of an object, an emergency service or what was there before', () => {
    fc.assert(
      fc.property(anyAlarms, fc.nat(900), (alarms, from) => {
        const { listed, folded } = foldFlood(alarms, { from: from * 1_000, isEmergency });
        expect(listed.length + folded).toBe(alarms.length);
        const shown = new Set(listed);
        const worstShown = (entity: string) =>
          Math.max(
            0,
            ...listed.filter((alarm) => alarm.entity_id === entity).map((alarm) => severityRank(alarm.severity)),
          );
        for (const alarm of alarms) {
          if (shown.has(alarm)) continue;
          expect(isEmergency(alarm)).toBe(false);
          expect(Date.parse(alarm.raised_at)).toBeGreaterThanOrEqual(from * 1_000);
          expect(worstShown(alarm.entity_id)).toBeGreaterThanOrEqual(severityRank(alarm.severity));
          expect(listed.some((other) => other.alarm_type === alarm.alarm_type)).toBe(true);
        }
      }),
    );
  });
});
