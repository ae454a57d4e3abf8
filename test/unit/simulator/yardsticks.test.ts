import { describe, expect, it } from 'vitest';
import { alecDistance, answerAlec } from '#test/bench/correlation/yardsticks/alec.ts';
import type { YardstickAlarm } from '#test/bench/correlation/yardsticks/input.ts';
import { correlateOriginal } from '#test/bench/correlation/yardsticks/original.ts';
import { answerUpperBound } from '#test/bench/correlation/yardsticks/upper-bound/explain.ts';
import { scoreScenario } from '#test/support/scoring/score.ts';
import { simulate } from '#test/support/simulator/simulate.ts';

function alarm(alarmId: string, entityId: string, alarmType: string, minutes: number): YardstickAlarm {
  return { alarmId, entityId, alarmType, severity: 'minor', at: minutes * 60_000 };
}

describe('the original algorithm', () => {
  const ids = (alarms: readonly YardstickAlarm[], emergency: ReadonlySet<string> = new Set()): string[] =>
    correlateOriginal(alarms, emergency).map((cluster) => cluster.alarms.map((member) => member.alarmId).join(' '));

  it('splits an entity where it was quiet for more than five minutes', () => {
    expect(ids([alarm('a', 'e', 'T', 0), alarm('b', 'e', 'U', 5), alarm('c', 'e', 'V', 10.1)])).toEqual(['a b', 'c']);
  });

  it('joins groups of one type that overlap with the first, not with what joined it', () => {
    const alarms = [alarm('a', 'e1', 'T', 0), alarm('b', 'e2', 'T', 4), alarm('c', 'e3', 'T', 8)];
    expect(ids(alarms)).toEqual(['a b', 'c']);
  });

  it('takes the most frequent entity for the root and an emergency service for critical', () => {
    const alarms = [alarm('a', 'e1', 'T', 0), alarm('b', 'e2', 'T', 1), alarm('c', 'e2', 'U', 2)];
    const [cluster] = correlateOriginal(alarms, new Set(['e1']));
    expect(cluster).toMatchObject({ rootEntity: 'e2', severity: 'critical', isEmergencyService: true });
  });
});

describe("ALEC's formula", () => {
  it('links the same entity within 75 seconds and a neighbour within 26', () => {
    expect(alecDistance(75 / 60, 0)).toBeLessThan(100);
    expect(alecDistance(76 / 60, 0)).toBeGreaterThan(100);
    expect(alecDistance(26 / 60, 1)).toBeLessThan(100);
    expect(alecDistance(27 / 60, 1)).toBeGreaterThan(100);
    expect(alecDistance(0, 2)).toBeGreaterThan(100);
  });

  it('forms connected components', () => {
    const topology = { entities: [], links: [{ from: 'e1', to: 'e2', kind: 'connects' as const }] };
    const alarms = [
      alarm('a', 'e1', 'T', 0),
      alarm('b', 'e2', 'U', 0.4),
      alarm('c', 'e2', 'V', 1.6),
      alarm('d', 'e3', 'T', 1.6),
    ];
    const { clusterOf } = answerAlec(topology, alarms);
    expect(clusterOf.get('b')).toBe(clusterOf.get('a'));
    expect(clusterOf.get('c')).toBe(clusterOf.get('a'));
    expect(clusterOf.get('d')).not.toBe(clusterOf.get('a'));
  });
});

describe('the upper bound', () => {
  it('finds nearly everything that the recording tells', () => {
    const scenario = simulate({ style: 'connected', kind: 'calm', seed: 11 });
    const score = scoreScenario(scenario, answerUpperBound(scenario));
    expect(score.bCubed.f1).toBeGreaterThan(0.9);
    expect(score.rootCause.top1).toBeGreaterThan(0.8);
  });
});
