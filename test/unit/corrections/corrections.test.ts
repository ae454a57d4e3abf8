import { describe, expect, it } from 'vitest';
import { causeHabits, describeHabit, preferencesOfHabits, rulesOfHabits } from '#engine/corrections/habit-rules.ts';
import { foldChanges } from '#engine/correlation/fold-changes.ts';
import { alarm, network, raised } from '../correlation/scenes.ts';
import { createScene, rule } from './corrected-scene.ts';

/** A power plant that feeds two routers with two cells each, and a stranger. */
const topology = network(
  ['P:POWER', 'R1:ROUTER', 'R2:ROUTER', 'C1:CELL', 'C2:CELL', 'C3:CELL', 'C4:CELL', 'X:CELL', 'Y:CELL'],
  [
    'R1 depends_on P',
    'R2 depends_on P',
    'C1 depends_on R1',
    'C2 depends_on R1',
    'C3 depends_on R2',
    'C4 depends_on R2',
  ],
);
const outage = raised(
  alarm('a-p', 'P', 0, { alarmType: 'POWER' }),
  alarm('a-r1', 'R1', 5, { alarmType: 'DOWN' }),
  alarm('a-r2', 'R2', 6, { alarmType: 'DOWN' }),
  alarm('a-c1', 'C1', 9, { alarmType: 'OUT' }),
  alarm('a-c2', 'C2', 9, { alarmType: 'OUT' }),
  alarm('a-c3', 'C3', 10, { alarmType: 'OUT' }),
);
const stranger = raised(alarm('a-x', 'X', 8, { alarmType: 'FAN' }));
const all = 'a-c1 a-c2 a-c3 a-p a-r1 a-r2';

function started() {
  const scene = createScene(topology);
  scene.feed([...outage, ...stranger]);
  scene.settle();
  return scene;
}

describe('without corrections', () => {
  it('the clusters are those of the engine', () => {
    expect(started().partition()).toEqual([all, 'a-x']);
  });
});

describe('what a person puts together', () => {
  it('stays together, and what comes later with the merged cluster comes along', () => {
    const scene = started();
    const [main, other] = [scene.clusterOf('a-p'), scene.clusterOf('a-x')];
    scene.correct({ kind: 'merge', from: main, into: other, because: 'merged by maria' });
    expect(scene.partition()).toEqual([`${all} a-x`]);
    expect(scene.clusterOf('a-p')).toBe(other);
    scene.feed(raised(alarm('a-c4', 'C4', 12, { alarmType: 'OUT' })));
    scene.settle();
    expect(scene.clusterOf('a-c4')).toBe(other);
    expect(scene.clusters.get(other)?.header).toMatchObject({ alarmCount: 8, activeCount: 8 });
  });

  it('is told as a removal that names where the members went', () => {
    const scene = started();
    const [main, other] = [scene.clusterOf('a-p'), scene.clusterOf('a-x')];
    const changes = scene.correct({ kind: 'merge', from: other, into: main, because: 'merged by maria' });
    expect(changes).toContainEqual({ kind: 'removed', clusterId: other, mergedInto: main });
  });

  it('can be taken apart again', () => {
    const scene = started();
    const [main, other] = [scene.clusterOf('a-p'), scene.clusterOf('a-x')];
    scene.correct({ kind: 'merge', from: other, into: main, because: 'merged by maria' });
    scene.correct({ kind: 'place', alarmIds: ['a-x'], clusterId: 'c-new', because: 'split by maria' });
    expect(scene.partition()).toEqual([all, 'a-x']);
  });
});

describe('what a person takes out', () => {
  it('stays out whatever the engine thinks later, and says who did it', () => {
    const scene = started();
    scene.correct({ kind: 'place', alarmIds: ['a-c3', 'a-r2'], clusterId: 'c-split', because: 'split by maria' });
    expect(scene.partition()).toEqual(['a-c1 a-c2 a-p a-r1', 'a-c3 a-r2', 'a-x']);
    scene.feed(raised(alarm('a-y', 'Y', 400)));
    scene.settle();
    expect(scene.clusterOf('a-c3')).toBe('c-split');
    expect(scene.clusters.get('c-split')?.members.get('a-c3')?.because).toBe('split by maria');
    expect(scene.clusters.get('c-split')?.header).toMatchObject({ alarmCount: 2, activeCount: 2, severity: 'major' });
  });

  it('takes along what comes later at the same entity, and only that', () => {
    const scene = started();
    scene.correct({ kind: 'place', alarmIds: ['a-c3', 'a-r2'], clusterId: 'c-split', because: 'split by maria' });
    scene.feed(raised(alarm('a-r2b', 'R2', 12, { alarmType: 'FAN' }), alarm('a-r1b', 'R1', 12, { alarmType: 'FAN' })));
    scene.settle();
    expect(scene.clusterOf('a-r2b')).toBe('c-split');
    expect(scene.clusterOf('a-r1b')).toBe(scene.clusterOf('a-p'));
  });

  it('goes back where it was when it is moved back', () => {
    const scene = started();
    const main = scene.clusterOf('a-p');
    scene.correct({ kind: 'place', alarmIds: ['a-c3'], clusterId: scene.clusterOf('a-x'), because: 'moved by maria' });
    expect(scene.partition()).toEqual(['a-c1 a-c2 a-p a-r1 a-r2', 'a-c3 a-x']);
    scene.correct({ kind: 'place', alarmIds: ['a-c3'], clusterId: main, because: 'moved by maria' });
    expect(scene.partition()).toEqual([all, 'a-x']);
  });

  it('is still counted right when it clears', () => {
    const scene = started();
    scene.correct({ kind: 'place', alarmIds: ['a-c3'], clusterId: 'c-split', because: 'split by maria' });
    scene.feed([
      { kind: 'cleared', alarmId: 'a-c3', at: outage[0]?.kind === 'raised' ? outage[0].alarm.raisedAt + 60_000 : 0 },
    ]);
    expect(scene.clusters.get('c-split')?.header).toMatchObject({ alarmCount: 1, activeCount: 0 });
    expect(scene.clusters.get(scene.clusterOf('a-p'))?.header).toMatchObject({ alarmCount: 5, activeCount: 5 });
  });

  it('is free again with its next happening', () => {
    const scene = started();
    scene.correct({ kind: 'place', alarmIds: ['a-c3'], clusterId: 'c-split', because: 'split by maria' });
    const start = outage[0]?.kind === 'raised' ? outage[0].alarm.raisedAt : 0;
    scene.feed([{ kind: 'cleared', alarmId: 'a-c3', at: start + 60_000 }]);
    scene.feed(raised(alarm('a-c3', 'C3', 3_000, { alarmType: 'OUT' })));
    scene.settle();
    expect(scene.clusterOf('a-c3')).not.toBe('c-split');
    expect(scene.clusters.has('c-split')).toBe(false);
  });
});

describe('the cause that a person named', () => {
  it('comes first, before what the engine holds likely', () => {
    const scene = started();
    const main = scene.clusterOf('a-p');
    scene.correct({ kind: 'cause', clusterId: main, entityId: 'R1', alarmId: 'a-r1', because: 'named by maria' });
    const candidates = scene.clusters.get(main)?.header.candidates ?? [];
    expect(candidates[0]).toEqual({ entityId: 'R1', alarmId: 'a-r1', confidence: 1, because: 'named by maria' });
    expect(candidates.map(({ entityId }) => entityId)).toContain('P');
    expect(candidates.filter(({ entityId }) => entityId === 'R1')).toHaveLength(1);
    scene.feed(raised(alarm('a-c4', 'C4', 12, { alarmType: 'OUT' })));
    scene.settle();
    expect(scene.clusters.get(main)?.header.candidates[0]?.entityId).toBe('R1');
  });
});

describe('causes that people keep naming', () => {
  const power = JSON.stringify(['POWER', 'POWER']);
  const router = JSON.stringify(['ROUTER', 'DOWN']);

  it('come first where the evidence allows them, and no more once that is forgotten', () => {
    const scene = started();
    const main = scene.clusterOf('a-p');
    const cause = () => scene.clusters.get(main)?.header.candidates[0];
    expect(cause()?.entityId).toBe('P');
    scene.correlator.setRules([], [{ named: router, displaced: power, times: 3 }]);
    foldChanges(scene.clusters, scene.correlator.settle());
    expect(cause()).toMatchObject({
      entityId: 'R1',
      because: expect.stringContaining('people named such a cause 3 times'),
    });
    scene.correct({ kind: 'cause', clusterId: main, entityId: 'P', alarmId: 'a-p', because: 'named by maria' });
    expect(cause()).toMatchObject({ entityId: 'P', because: 'named by maria' });
  });

  it('are learned from three namings, and unlearned by the contrary', () => {
    const alarmAt = (entityType: string, alarmType: string) => ({ entityId: 'x', entityType, alarmType, site: 's' });
    const [forward, backward] = causeHabits(alarmAt('ROUTER', 'DOWN'), alarmAt('POWER', 'POWER'));
    if (forward === undefined || backward === undefined) throw new Error('Naming a cause teaches two things.');
    expect([forward.leftKind, forward.isTogether, backward.leftKind, backward.isTogether]).toEqual([
      router,
      true,
      power,
      false,
    ]);
    const habit = (together: number, apart: number) => ({ ...forward, together, apart });
    expect(preferencesOfHabits([habit(2, 0)])).toEqual([]);
    expect(preferencesOfHabits([habit(3, 0)])).toEqual([{ named: router, displaced: power, times: 3 }]);
    expect(preferencesOfHabits([habit(3, 1)])).toEqual([]);
    expect(rulesOfHabits([habit(3, 0)], 300)).toEqual([]);
    expect(describeHabit(habit(3, 0))).toBe('ROUTER DOWN as the cause rather than POWER POWER');
  });
});

describe('rules by people', () => {
  it('keep apart what must never be together, and let it be again when they are withdrawn', () => {
    const scene = started();
    const power = { field: 'alarm_type', operator: 'is', value: 'POWER' } as const;
    const out = { field: 'alarm_type', operator: 'is', value: 'OUT' } as const;
    scene.setRules([rule({ name: 'power alone', first: [power], second: [out] })]);
    expect(scene.partition()).toEqual(['a-c1 a-c2 a-c3', 'a-p a-r1 a-r2', 'a-x']);
    expect(scene.clusters.get(scene.clusterOf('a-c1'))?.members.get('a-c1')?.because).toBe(
      'the rule “power alone” keeps it apart',
    );
    scene.feed(raised(alarm('a-c4', 'C4', 12, { alarmType: 'OUT' })));
    scene.settle();
    expect(scene.clusterOf('a-c4')).toBe(scene.clusterOf('a-c1'));
    scene.setRules([]);
    expect(scene.partition()).toEqual(['a-c1 a-c2 a-c3 a-c4 a-p a-r1 a-r2', 'a-x']);
  });

  it('group what must always be together, within their time', () => {
    const fan = { field: 'alarm_type', operator: 'is', value: 'F*' } as const;
    const power = { field: 'entity_type', operator: 'is', value: 'POWER' } as const;
    const near = started();
    near.setRules([rule({ verdict: 'always', name: 'fans', first: [fan], second: [power] })]);
    expect(near.partition()).toEqual([`${all} a-x`]);
    near.setRules([]);
    expect(near.partition()).toEqual([all, 'a-x']);
    const far = started();
    far.setRules([rule({ verdict: 'always', name: 'fans', first: [fan], second: [power], within_seconds: 7 })]);
    expect(far.partition()).toEqual([all, 'a-x']);
  });

  it('are weaker than what a person did to an alarm', () => {
    const scene = started();
    const other = scene.clusterOf('a-x');
    scene.correct({ kind: 'place', alarmIds: ['a-c3'], clusterId: other, because: 'moved by maria' });
    scene.setRules([
      rule({
        first: [{ field: 'entity_id', operator: 'is', value: 'C3' }],
        second: [{ field: 'entity_id', operator: 'is', value: 'X' }],
      }),
    ]);
    expect(scene.clusterOf('a-c3')).toBe(other);
  });
});
