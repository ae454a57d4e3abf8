import { describe, expect, it } from 'vitest';
import { createCorrelator } from '#engine/correlation/create-correlator.ts';
import { type FoldedCluster, foldChanges } from '#engine/correlation/fold-changes.ts';
import { alarm, correlateScene, network, partitionOf, raised } from './scenes.ts';

const site = network(
  ['S1:SITE', 'P1:POWER', 'R1:ROUTER', 'C1:CELL', 'C2:CELL', 'S2:SITE', 'P2:POWER', 'R2:ROUTER'],
  [
    'S1 contains P1',
    'S1 contains R1',
    'S1 contains C1',
    'S1 contains C2',
    'R1 depends_on P1',
    'C1 depends_on R1',
    'C2 depends_on R1',
    'S2 contains P2',
    'S2 contains R2',
    'R2 depends_on P2',
  ],
);

describe('what belongs together', () => {
  it('keeps a family together although every member has another alarm type', () => {
    const clusters = correlateScene(site, [
      alarm('a-1', 'P1', 0, { alarmType: 'MAINS', severity: 'critical' }),
      alarm('a-2', 'R1', 20, { alarmType: 'NE_DOWN' }),
      alarm('a-3', 'C1', 31, { alarmType: 'CELL_OUT' }),
      alarm('a-4', 'C2', 33, { alarmType: 'CELL_LOST' }),
    ]);
    expect(partitionOf(clusters)).toEqual([['a-1', 'a-2', 'a-3', 'a-4']]);
    expect(clusters[0]?.header.clusterId).toBe('c-1');
    expect(clusters[0]?.header.candidates[0]).toMatchObject({ entityId: 'P1', alarmId: 'a-1' });
  });

  it('keeps strangers apart although type and second are the same', () => {
    const clusters = correlateScene(site, [alarm('a-1', 'P1', 0), alarm('a-2', 'P2', 0)]);
    expect(partitionOf(clusters)).toEqual([['a-1'], ['a-2']]);
  });

  it('does not tie in what comes a day later', () => {
    const clusters = correlateScene(site, [alarm('a-1', 'R1', 0), alarm('a-2', 'R1', 86_400)]);
    expect(partitionOf(clusters)).toEqual([['a-1'], ['a-2']]);
  });

  it('explains every member and names what ties it in', () => {
    const [cluster] = correlateScene(site, [alarm('a-1', 'P1', 0), alarm('a-2', 'R1', 20)]);
    expect([...(cluster?.members.values() ?? [])].every((member) => member.because.length > 10)).toBe(true);
    expect(cluster?.members.get('a-2')?.linkedTo).not.toBeNull();
  });
});

describe('emergency services', () => {
  it('makes the cluster critical by entity type', () => {
    const [cluster] = correlateScene(network(['E1:EMERGENCY_SERVICE'], []), [
      alarm('a-1', 'E1', 0, { severity: 'minor' }),
    ]);
    expect(cluster?.header).toMatchObject({ severity: 'critical', isEmergencyService: true });
  });

  it('goes by the id only where the topology does not know the entity', () => {
    const known = correlateScene(network(['EMERGENCY-1:CELL'], []), [alarm('a-1', 'EMERGENCY-1', 0)]);
    const unknown = correlateScene(network([], []), [alarm('a-1', 'EMERGENCY-1', 0)]);
    expect(known[0]?.header.isEmergencyService).toBe(false);
    expect(unknown[0]?.header).toMatchObject({ severity: 'critical', isEmergencyService: true });
  });
});

describe('the life of an alarm', () => {
  it('counts clears and follows severity changes', () => {
    const correlator = createCorrelator({ topology: site });
    const folded = new Map<string, FoldedCluster>();
    foldChanges(folded, correlator.apply(raised(alarm('a-1', 'P1', 0), alarm('a-2', 'R1', 20))));
    foldChanges(folded, correlator.settle());
    foldChanges(folded, correlator.apply([{ kind: 'cleared', alarmId: 'a-2', at: 0 }]));
    foldChanges(folded, correlator.apply([{ kind: 'repeated', alarmId: 'a-1', severity: 'critical', at: 0 }]));
    expect(folded.get('c-1')?.header).toMatchObject({ alarmCount: 2, activeCount: 1, severity: 'critical' });
  });

  it('ignores a clear and a repeat of an alarm that it does not know', () => {
    const correlator = createCorrelator({ topology: site });
    expect(correlator.apply([{ kind: 'cleared', alarmId: 'a-9', at: 0 }])).toEqual([]);
    expect(correlator.apply([{ kind: 'repeated', alarmId: 'a-9', severity: 'major', at: 0 }])).toEqual([]);
  });

  it('lets an alarm that is raised again long after found a cluster with a name of its own', () => {
    const correlator = createCorrelator({ topology: site });
    const folded = new Map<string, FoldedCluster>();
    foldChanges(folded, correlator.apply(raised(alarm('a-1', 'P1', 0), alarm('a-2', 'R1', 20))));
    foldChanges(folded, correlator.apply([{ kind: 'cleared', alarmId: 'a-1', at: 0 }]));
    foldChanges(folded, correlator.apply(raised(alarm('a-1', 'P1', 90_000))));
    foldChanges(folded, correlator.settle());
    expect(partitionOf(folded.values())).toEqual([['a-1'], ['a-2']]);
    expect(new Set(folded.keys()).size).toBe(2);
  });

  it('refuses a window outside its range', () => {
    expect(() => createCorrelator({ windowSeconds: 0 })).toThrow(RangeError);
  });
});
