import { describe, expect, it } from 'vitest';
import type { CorrelationAlarm, CorrelationTopology } from '#engine/correlation/correlator.ts';
import { createCorrelator } from '#engine/correlation/create-correlator.ts';
import { type FoldedCluster, foldChanges } from '#engine/correlation/fold-changes.ts';
import { alarm, correlateScene, network, partitionOf, raised } from './scenes.ts';

const many = (count: number, make: (number: number) => CorrelationAlarm): CorrelationAlarm[] =>
  Array.from({ length: count }, (_, number) => make(number));

function correlate(topology: CorrelationTopology, alarms: readonly CorrelationAlarm[]): FoldedCluster[] {
  const correlator = createCorrelator({ topology });
  const folded = new Map<string, FoldedCluster>();
  for (let start = 0; start < alarms.length; start += 500) {
    foldChanges(folded, correlator.apply(raised(...alarms.slice(start, start + 500))));
  }
  foldChanges(folded, correlator.settle());
  return [...folded.values()];
}

const membersOf = (clusters: readonly FoldedCluster[]): number =>
  clusters.reduce((sum, { members }) => sum + members.size, 0);

describe('a topology that is not as it should be', () => {
  it('survives cycles of every kind and links to nowhere', () => {
    const ids = many(60, (number) => alarm(`a-${number}`, `E${number}`, number));
    const links = ids.flatMap((_, number) => [
      `E${number} depends_on E${(number + 1) % 60}`,
      `E${number} contains E${(number + 7) % 60}`,
      `E${number} connects E${(number + 30) % 60}`,
      `E${number} depends_on NOWHERE${number}`,
    ]);
    const topology = network(
      ids.map(({ entityId }) => `${entityId}:ANY`),
      links,
    );
    expect(membersOf(correlate(topology, ids))).toBe(60);
  });

  it('takes 100,000 entities of unknown types', () => {
    const entities = Array.from({ length: 100_000 }, (_, number) => ({
      id: `E${number}`,
      entityType: `WORD${number % 9}`,
      geoLat: null,
      geoLon: null,
    }));
    const links = entities.map(({ id }, number) => ({
      from: id,
      to: `E${Math.floor(number / 4)}`,
      kind: ['contains', 'connects', 'depends_on'][number % 3] ?? 'connects',
    }));
    const alarms = many(300, (number) => alarm(`a-${number}`, `E${number * 331}`, number));
    expect(membersOf(correlate({ entities, links }, alarms))).toBe(300);
  });
});

describe('alarms that are not as they should be', () => {
  it('keeps strangers apart without a topology, although all have one timestamp', () => {
    const clusters = correlate(
      network([], []),
      many(3000, (number) => alarm(`a-${number}`, `X${number}`, 0)),
    );
    expect(clusters.length).toBe(3000);
  });

  it('keeps what one entity says together, also without a topology', () => {
    const clusters = correlateScene(network([], []), [
      alarm('a-1', 'X1', 0),
      alarm('a-2', 'X1', 30, { alarmType: 'T2' }),
      alarm('a-3', 'X2', 10),
    ]);
    expect(partitionOf(clusters)).toEqual([['a-1', 'a-2'], ['a-3']]);
  });

  it('is not aged by a source that lives in the future', () => {
    const clusters = correlateScene(network(['R1:ROUTER', 'P1:POWER'], ['R1 depends_on P1']), [
      alarm('a-1', 'P1', 0),
      alarm('a-2', 'F1', 20 * 365 * 86_400),
      alarm('a-3', 'R1', 15),
    ]);
    expect(partitionOf(clusters)).toEqual([['a-1', 'a-3'], ['a-2']]);
  });

  it('lets an alarm of ten years ago stand by itself', () => {
    const clusters = correlateScene(network(['R1:ROUTER', 'P1:POWER'], ['R1 depends_on P1']), [
      alarm('a-1', 'P1', 0),
      alarm('a-2', 'R1', -10 * 365 * 86_400),
      alarm('a-3', 'R1', 15),
    ]);
    expect(partitionOf(clusters)).toEqual([['a-1', 'a-3'], ['a-2']]);
  });

  it('ends in the same clusters whether alarms come in order or late', () => {
    const topology = network(
      ['P1:POWER', 'R1:ROUTER', 'C1:CELL', 'C2:CELL', 'C3:CELL'],
      ['R1 depends_on P1', 'C1 depends_on R1', 'C2 depends_on R1', 'C3 depends_on R1'],
    );
    const inOrder = [
      alarm('a-1', 'P1', 0),
      alarm('a-2', 'R1', 20),
      alarm('a-3', 'C1', 30),
      alarm('a-4', 'C2', 31),
      alarm('a-5', 'C3', 33),
    ];
    const late = [...inOrder].reverse();
    expect(partitionOf(correlate(topology, late))).toEqual(partitionOf(correlate(topology, inOrder)));
  });
});

describe('a root that says nothing', () => {
  it('is named when what hangs on it falls silent together', () => {
    const cells = ['C1', 'C2', 'C3', 'C4', 'C5', 'C6'];
    const topology = network(
      ['R1:ROUTER', 'R2:ROUTER', ...cells.map((cell) => `${cell}:CELL`), 'C9:CELL'],
      [...cells.map((cell) => `${cell} depends_on R1`), 'C9 depends_on R2'],
    );
    const alarms = cells.map((cell, number) => alarm(`a-${number}`, cell, number));
    const [cluster] = correlateScene(topology, alarms);
    expect(cluster?.members.size).toBe(6);
    expect(cluster?.header.candidates[0]).toMatchObject({ entityId: 'R1', alarmId: null });
  });
});
