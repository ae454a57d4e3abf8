import { describe, expect, it } from 'vitest';
import type { CorrelationAlarm, CorrelationEvent } from '#engine/correlation/correlator.ts';
import { createCorrelator } from '#engine/correlation/create-correlator.ts';
import { type FoldedCluster, foldChanges } from '#engine/correlation/fold-changes.ts';

const alarm = (alarmId: string, raisedAt: number): CorrelationAlarm => ({
  alarmId,
  entityId: 'port-1',
  alarmType: 'LINK_DOWN',
  specificProblem: '',
  severity: 'major',
  raisedAt,
  clearedAt: null,
  sourceSystem: 'ems',
  text: '',
});
const raised = (alarmId: string, at: number): CorrelationEvent => ({ kind: 'raised', alarm: alarm(alarmId, at) });
const cleared = (alarmId: string, at: number): CorrelationEvent => ({ kind: 'cleared', alarmId, at });

describe('an alarm that is raised again', () => {
  it('stays in its cluster while it flaps', () => {
    const correlator = createCorrelator({ windowSeconds: 300 });
    const folded = new Map<string, FoldedCluster>();
    for (let flap = 0; flap < 20; flap += 1) {
      foldChanges(folded, correlator.apply([raised('a-1', flap * 120_000)]));
      foldChanges(folded, correlator.apply([cleared('a-1', flap * 120_000 + 60_000)]));
    }
    foldChanges(folded, correlator.apply([raised('a-1', 20 * 120_000)]));
    expect([...folded.values()].map(({ header }) => [header.clusterId, header.alarmCount, header.activeCount])).toEqual(
      [['c-1', 1, 1]],
    );
  });

  it('names every member, also when its time is over within the same call', () => {
    const correlator = createCorrelator({ windowSeconds: 60 });
    const events = Array.from({ length: 3_000 }, (_, index) => [
      raised(`a-${index % 40}`, index * 600_000),
      cleared(`a-${index % 40}`, index * 600_000 + 1_000),
    ]).flat();
    const named = correlator
      .apply(events)
      .flatMap((change) => (change.kind === 'upserted' ? change.membersAdded.map((member) => member.alarmId) : []));
    expect(named.length).toBeGreaterThan(0);
    expect(named.filter((alarmId) => !/^a-\d+$/.test(alarmId))).toEqual([]);
  });

  it('has a cause, also when every member is settled within one call', () => {
    const correlator = createCorrelator({ windowSeconds: 60 });
    const events = Array.from({ length: 500 }, (_, index) => [
      raised(`a-${index}`, index * 600_000),
      cleared(`a-${index}`, index * 600_000 + 1_000),
    ]).flat();
    const causes = correlator
      .apply(events)
      .flatMap((change) => (change.kind === 'upserted' ? [change.cluster.candidates.length] : []));
    expect(causes.length).toBeGreaterThan(0);
    expect(causes.filter((count) => count === 0)).toEqual([]);
  });
});
