import { describe, expect, it } from 'vitest';
import { causeSnapshotSchema } from '#engine/correlation/causes/cause-snapshot.ts';
import { limits } from '#engine/correlation/causes/cause-statistics.ts';
import { createCauseLearner } from '#engine/correlation/causes/create-cause-learner.ts';
import { alarm, cascade, randomOf, strangers } from './histories.ts';

const year = 365 * 86_400;

function livelyHistory(seed: number) {
  const random = randomOf(seed);
  return [
    ...cascade(random, { cause: 'A', effects: [{ type: 'B', lag: 30, chance: 0.7 }], times: 1500, seconds: year }),
    ...strangers(random, ['N1', 'N2', 'N3'], 6000, year),
  ].sort((left, right) => left.raisedAt - right.raisedAt);
}

describe('learning causes as alarms come in', () => {
  it('finds the cause in one pass', () => {
    const learner = createCauseLearner();
    for (const entry of livelyHistory(1)) learner.observe(entry);
    expect(learner.causes().map(({ cause, effect }) => [cause, effect])).toEqual([['A', 'B']]);
  });

  it('goes on from a snapshot that went through JSON as if it had never stopped', () => {
    const history = livelyHistory(2);
    const steady = createCauseLearner();
    for (const entry of history) steady.observe(entry);

    const first = createCauseLearner();
    const half = history.length / 2;
    for (const entry of history.slice(0, half)) first.observe(entry);
    const second = createCauseLearner();
    second.restore(causeSnapshotSchema.parse(JSON.parse(JSON.stringify(first.snapshot()))));
    for (const entry of history.slice(half)) second.observe(entry);

    const [uninterrupted] = steady.causes();
    const [resumed] = second.causes();
    expect([resumed?.cause, resumed?.effect]).toEqual(['A', 'B']);
    expect(resumed?.support ?? 0).toBeGreaterThan((uninterrupted?.support ?? 0) * 0.7);
    expect(second.causes()).toHaveLength(1);
  });

  it('refuses a snapshot that speaks of a type without a name', () => {
    const learner = createCauseLearner();
    for (const entry of livelyHistory(3).slice(0, 500)) learner.observe(entry);
    const snapshot = learner.snapshot();
    expect(() => createCauseLearner().restore({ ...snapshot, types: [] })).toThrow(RangeError);
    expect(causeSnapshotSchema.safeParse({ ...snapshot, version: 2 }).success).toBe(false);
  });

  it('learns across a link that it is told of later', () => {
    const learner = createCauseLearner();
    const random = randomOf(4);
    const history = cascade(random, {
      cause: 'POWER',
      effects: [{ type: 'DOWN', lag: 10, chance: 0.9 }],
      times: 1000,
      seconds: year,
      effectOn: (entityId) => `${entityId}-cell`,
    }).sort((left, right) => left.raisedAt - right.raisedAt);
    const half = history.length / 2;
    for (const entry of history.slice(0, half)) learner.observe(entry);
    expect(learner.causes()).toEqual([]);
    const links = Array.from({ length: 20 }, (_, number) => ({
      from: `e${number + 1}`,
      to: `e${number + 1}-cell`,
      kind: 'contains',
    }));
    learner.setTopology({ entities: [], links });
    for (const entry of history.slice(half)) learner.observe(entry);
    expect(learner.causes().map(({ cause, effect }) => [cause, effect])).toEqual([['POWER', 'DOWN']]);
  });

  it('stays within its bounds when every alarm is of another type on another entity', () => {
    const learner = createCauseLearner();
    for (let number = 0; number < limits.types + 2000; number++) {
      learner.observe(alarm(`e${number % 7}`, `T${number}`, number));
    }
    const snapshot = learner.snapshot();
    expect(snapshot.types.length).toBe(limits.types);
    expect(snapshot.pairs.length).toBeLessThanOrEqual(limits.pairs);
    expect(causeSnapshotSchema.safeParse(snapshot).success).toBe(true);
  });

  it('takes alarms that come late or all at once', () => {
    const learner = createCauseLearner();
    for (let number = 0; number < 3000; number++) learner.observe(alarm('e1', `T${number % 5}`, 0));
    learner.observe(alarm('e1', 'T1', -86_400));
    expect(learner.causes()).toEqual([]);
  });
});
