import { describe, expect, it } from 'vitest';
import type { CauseRule, CorrelationAlarm, CorrelationTopology } from '#engine/correlation/correlator.ts';
import { createCorrelator } from '#engine/correlation/create-correlator.ts';
import { type FoldedCluster, foldChanges } from '#engine/correlation/fold-changes.ts';
import { endingCost, middleOf } from '#engine/correlation/happening-features.ts';
import { alarm, correlateScene, network, partitionOf, raised } from './scenes.ts';

const cells = Array.from({ length: 6 }, (_, number) => `C${number + 1}`);
/** A site whose radio hangs on a router, and both on the site's power. */
const site = network(
  ['S1:SITE', 'P1:POWER', 'R1:ROUTER', 'B1:BASEBAND', ...cells.map((cell) => `${cell}:CELL`), 'M1:MANAGER'],
  [
    'S1 contains P1',
    'S1 contains R1',
    'S1 contains B1',
    'R1 depends_on P1',
    'B1 depends_on P1',
    'B1 depends_on R1',
    'R1 depends_on M1',
    'B1 depends_on M1',
    ...cells.map((cell) => `B1 contains ${cell}`),
  ],
);

function dark(from: number): CorrelationAlarm[] {
  return [
    alarm('a-r', 'R1', from, { alarmType: 'UNREACHABLE' }),
    ...cells.map((cell, number) => alarm(`a-${cell}`, cell, from + 10 + number, { alarmType: 'OUT' })),
  ];
}

function clustersWith(
  topology: CorrelationTopology,
  causes: readonly CauseRule[],
  alarms: readonly CorrelationAlarm[],
) {
  const correlator = createCorrelator({ topology });
  correlator.setLearnedCauses(causes);
  const folded = new Map<string, FoldedCluster>();
  foldChanges(folded, correlator.apply(raised(...alarms)));
  foldChanges(folded, correlator.settle());
  return partitionOf([...folded.values()]);
}

describe('a supplier that stands in alarm', () => {
  it('has the dark that follows half an hour later in its cluster, and is its cause', () => {
    const clusters = correlateScene(site, [alarm('a-p', 'P1', 0, { alarmType: 'MAINS' }), ...dark(1800)]);
    expect(clusters).toHaveLength(1);
    expect(clusters[0]?.header.candidates[0]).toMatchObject({ entityId: 'P1', alarmId: 'a-p' });
  });
});

describe('ending together', () => {
  const standing = Number.POSITIVE_INFINITY;

  it('speaks for one fault, ending apart against it, and what still stands says nothing', () => {
    expect(endingCost(1_000_000, 1_030_000)).toBeLessThan(0);
    expect(endingCost(1_000_000, 9_000_000)).toBeGreaterThan(0);
    expect(endingCost(1_000_000, standing)).toBeGreaterThan(0);
    expect(endingCost(standing, standing)).toBe(0);
  });

  it('is judged by the middle of the clears, once half of them are known', () => {
    expect(middleOf([3, 1, 2], 2)).toBe(2);
    expect(middleOf([3, 1], 3)).toBe(standing);
    expect(middleOf([], 0)).toBe(standing);
  });
});

describe('learned causes', () => {
  const overload = alarm('a-m', 'M1', 0, { alarmType: 'OVERLOAD' });
  const rule: CauseRule = {
    cause: 'OVERLOAD',
    effect: 'UNREACHABLE',
    lagSeconds: 1500,
    confidence: 0.9,
    pinned: false,
  };

  it('tie in what comes at the learned lag', () => {
    const far = network(
      ['M1:MANAGER', ...Array.from({ length: 12 }, (_, at) => `R${at + 1}:ROUTER`)],
      Array.from({ length: 12 }, (_, at) => `R${at + 1} depends_on M1`),
    );
    const late = alarm('a-r', 'R1', 1500, { alarmType: 'UNREACHABLE' });
    expect(clustersWith(far, [], [overload, late])).toHaveLength(2);
    expect(clustersWith(far, [rule], [overload, late])).toHaveLength(1);
  });

  it('do not tie in what comes at another time, or has nothing to do with the cause', () => {
    const stranger = network(['M1:MANAGER', 'R1:ROUTER'], []);
    expect(clustersWith(stranger, [rule], [overload, alarm('a-r', 'R1', 1500, { alarmType: 'UNREACHABLE' })])).toEqual([
      ['a-m'],
      ['a-r'],
    ]);
  });
});
