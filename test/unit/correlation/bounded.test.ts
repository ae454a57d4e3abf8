import { expect, it } from 'vitest';
import type { CorrelationEvent } from '#engine/correlation/correlator.ts';
import { createCorrelator } from '#engine/correlation/create-correlator.ts';
import { type FoldedCluster, foldChanges } from '#engine/correlation/fold-changes.ts';

const raised = (index: number): CorrelationEvent => ({
  kind: 'raised',
  alarm: {
    alarmId: `a-${index}`,
    entityId: `site-${index % 50}`,
    alarmType: `type-${index % 7}`,
    specificProblem: `unit ${index}`,
    severity: 'major',
    raisedAt: index * 10,
    clearedAt: null,
    sourceSystem: 'ems',
    text: '',
  },
});

it('a storm beyond the bound loses no alarm: each stays in exactly one cluster', () => {
  const correlator = createCorrelator({ windowSeconds: 300, weighsInSettle: true, mostLive: 200 });
  const folded = new Map<string, FoldedCluster>();
  for (let start = 0; start < 3_000; start += 100) {
    foldChanges(folded, correlator.apply(Array.from({ length: 100 }, (_, index) => raised(start + index))));
    foldChanges(folded, correlator.settle());
  }
  const members = [...folded.values()].flatMap((cluster) => [...cluster.members.keys()]);
  expect(members).toHaveLength(3_000);
  expect(new Set(members).size).toBe(3_000);
  expect([...folded.values()].reduce((sum, { header }) => sum + header.activeCount, 0)).toBe(3_000);
});
