import { describe, expect, it } from 'vitest';
import { countSeverities, createSituation, figuresOf, isAlone } from '#renderer/state/situation.ts';
import { aCluster } from './renderer-objects.ts';

const order = (...clusters: Parameters<typeof aCluster>[0][]) =>
  createSituation()
    .replace(clusters.map(aCluster))
    .happenings.map((cluster) => cluster.cluster_id);

describe('order of happenings', () => {
  it('puts emergency services before everything', () => {
    expect(
      order(
        { cluster_id: 'critical', severity: 'critical', alarm_count: 900 },
        { cluster_id: 'emergency', severity: 'warning', alarm_count: 1, is_emergency_service: true },
      ),
    ).toEqual(['emergency', 'critical']);
  });

  it('goes by severity, then size, then age', () => {
    expect(
      order(
        { cluster_id: 'young', alarm_count: 8, first_raised_at: '2026-11-22T12:00:00Z' },
        { cluster_id: 'large', alarm_count: 500 },
        { cluster_id: 'critical', severity: 'critical', alarm_count: 1 },
        { cluster_id: 'old', alarm_count: 9, first_raised_at: '2026-11-22T11:00:00Z' },
      ),
    ).toEqual(['critical', 'large', 'old', 'young']);
  });

  it('does not change places while a cluster grows within a doubling', () => {
    const other = { cluster_id: 'other', alarm_count: 8, first_raised_at: '2026-11-22T11:00:00Z' };
    expect(order({ cluster_id: 'growing', alarm_count: 15 }, other)).toEqual(['other', 'growing']);
    expect(order({ cluster_id: 'growing', alarm_count: 16 }, other)).toEqual(['growing', 'other']);
  });

  it('leaves out what is over', () => {
    expect(order({ cluster_id: 'over', state: 'cleared' }, { cluster_id: 'gone', state: 'merged' })).toEqual([]);
  });
});

describe('alarms on their own', () => {
  it.each([
    ['minor', 1, false, true],
    ['indeterminate', 1, false, true],
    ['major', 1, false, false],
    ['minor', 2, false, false],
    ['warning', 1, true, false],
  ] as const)('%s, %i alarm(s), emergency %s: folded %s', (severity, alarm_count, is_emergency_service, expected) => {
    expect(isAlone(aCluster({ cluster_id: 'c', severity, alarm_count, is_emergency_service }))).toBe(expected);
  });

  it('are counted by severity', () => {
    const clusters = (['warning', 'minor', 'warning'] as const).map((severity, index) =>
      aCluster({ cluster_id: String(index), severity }),
    );
    expect(countSeverities(clusters)).toEqual([
      { severity: 'minor', count: 1 },
      { severity: 'warning', count: 2 },
    ]);
  });
});

describe('situation', () => {
  it('follows a cluster from alone to happening to over', () => {
    const situation = createSituation();
    const cluster = aCluster({ cluster_id: 'c', severity: 'minor', alarm_count: 1, active_count: 1 });
    const ids = ({ happenings, alone }: ReturnType<typeof situation.apply>) => [happenings.length, alone.length];
    expect(ids(situation.apply([{ id: 'c', item: cluster }]))).toEqual([0, 1]);
    expect(ids(situation.apply([{ id: 'c', item: { ...cluster, alarm_count: 2, active_count: 2 } }]))).toEqual([1, 0]);
    expect(ids(situation.apply([{ id: 'c', item: { ...cluster, alarm_count: 2, state: 'cleared' } }]))).toEqual([0, 0]);
  });

  it('has figures', () => {
    const { replace } = createSituation();
    const figures = figuresOf(
      replace([
        aCluster({ cluster_id: 'a', alarm_count: 5, active_count: 3 }),
        aCluster({ cluster_id: 'b', alarm_count: 1, active_count: 1, first_raised_at: '2026-11-22T11:00:00.000Z' }),
        aCluster({ cluster_id: 'c', alarm_count: 9, active_count: 0, state: 'cleared' }),
      ]),
    );
    expect(figures).toEqual({ standing: 4, groupedShare: 0.75, since: Date.parse('2026-11-22T11:00:00.000Z') });
    expect(figuresOf(replace([]))).toEqual({ standing: 0, groupedShare: null, since: null });
  });
});
