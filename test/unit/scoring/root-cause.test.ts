import { describe, expect, it } from 'vitest';
import { scoreRootCauses } from '#test/support/scoring/root-cause.ts';

const truth = new Map([
  ['a1', 'fault-1'],
  ['a2', 'fault-1'],
  ['a3', 'fault-1'],
  ['b1', 'fault-2'],
  ['b2', 'fault-2'],
  ['n1', 'noise-1'],
]);
const predicted = new Map([
  ['a1', 'c1'],
  ['a2', 'c1'],
  ['a3', 'c2'],
  ['b1', 'c2'],
  ['b2', 'c2'],
  ['n1', 'c3'],
]);
const faults = [
  { faultId: 'fault-1', acceptedRoots: new Set(['router', 'fibre']) },
  { faultId: 'fault-2', acceptedRoots: new Set(['power']) },
];
const alarming = new Set(['power', 'cell']);

describe('root cause score', () => {
  it('asks the cluster that holds most of a fault, first place and first three', () => {
    const ranked = new Map([
      ['c1', ['cell', 'fibre']],
      ['c2', ['power']],
      ['c3', ['cell']],
    ]);
    expect(scoreRootCauses(predicted, ranked, truth, faults, alarming)).toEqual({
      faults: 2,
      top1: 0.5,
      top3: 1,
      silentFaults: 1,
      silentTop1: 0,
    });
  });

  it('counts a silent root that is named first', () => {
    const ranked = new Map([
      ['c1', ['router']],
      ['c2', ['cell', 'cell', 'router', 'power']],
    ]);
    expect(scoreRootCauses(predicted, ranked, truth, faults, alarming)).toMatchObject({
      top1: 0.5,
      top3: 0.5,
      silentTop1: 1,
    });
  });

  it('gives nothing for a fault that drowns in the cluster of another', () => {
    const drowned = new Map([...truth.keys()].map((item) => [item, 'all']));
    const ranked = new Map([['all', ['power', 'router']]]);
    // Three alarms of fault-1 against two of fault-2: the cluster tells the story of fault-1.
    expect(scoreRootCauses(drowned, ranked, truth, faults, alarming)).toMatchObject({ top1: 0, top3: 0.5 });
  });
});
