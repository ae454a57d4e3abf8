import { describe, expect, it } from 'vitest';
import { learnCauses } from '#engine/correlation/causes/learn-causes.ts';
import { alarm, cascade, randomOf, strangers } from './histories.ts';

const month = 30 * 86_400;
const noiseTypes = ['N1', 'N2', 'N3', 'N4'];

function pairsOf(causes: ReturnType<typeof learnCauses>): string[] {
  return causes.map((learned) => `${learned.cause}>${learned.effect}`).sort();
}

describe('learning causes from a history', () => {
  it('finds a cause with its lag and support, and nothing among strangers', () => {
    const random = randomOf(1);
    const history = [
      ...cascade(random, { cause: 'A', effects: [{ type: 'B', lag: 30, chance: 0.7 }], times: 200, seconds: month }),
      ...strangers(random, noiseTypes, 2000, month),
    ];
    const causes = learnCauses(history, null);
    expect(pairsOf(causes)).toEqual(['A>B']);
    const [learned] = causes;
    const effects = history.filter((entry) => entry.alarmType === 'B').length;
    expect(learned?.lagSeconds).toBeGreaterThan(20);
    expect(learned?.lagSeconds).toBeLessThan(40);
    expect(learned?.support).toBe(effects);
    expect(learned?.expected).toBeLessThan(5);
    expect(learned?.confidence).toBeGreaterThan(0.8);
  });

  it('does not take two effects of one cause for cause and effect', () => {
    const random = randomOf(2);
    const effects = [
      { type: 'EARLY', lag: 5, chance: 0.8 },
      { type: 'LATE', lag: 60, chance: 0.8 },
    ];
    const history = [
      ...cascade(random, { cause: 'PARENT', effects, times: 400, seconds: month }),
      ...strangers(random, noiseTypes, 2000, month),
    ];
    expect(pairsOf(learnCauses(history, null))).toEqual(['PARENT>EARLY', 'PARENT>LATE']);
  });

  it('sees a cause on a neighbour only where the topology knows of the neighbour', () => {
    const random = randomOf(3);
    const history = [
      ...cascade(random, {
        cause: 'POWER',
        effects: [{ type: 'DOWN', lag: 10, chance: 0.9 }],
        times: 200,
        seconds: month,
        effectOn: (entityId) => `${entityId}-cell`,
      }),
      ...strangers(random, noiseTypes, 1000, month),
    ];
    const links = Array.from({ length: 20 }, (_, number) => ({
      from: `e${number + 1}-cell`,
      to: `e${number + 1}`,
      kind: 'depends_on',
    }));
    expect(pairsOf(learnCauses(history, { entities: [], links }))).toEqual(['POWER>DOWN']);
    expect(learnCauses(history, null)).toEqual([]);
  });

  it.each([11, 12, 13, 14, 15])('finds nothing where there is nothing (seed %i)', (seed) => {
    const types = Array.from({ length: 12 }, (_, number) => `T${number}`);
    expect(learnCauses(strangers(randomOf(seed), types, 6000, month), null)).toEqual([]);
  });

  it('does not take a chattering alarm for the cause of what falls into its chatter', () => {
    const random = randomOf(4);
    const chatter = Array.from({ length: 30 }, () => random.between(0, month)).flatMap((at) =>
      Array.from({ length: 40 }, (_, number) => alarm('e1', 'CHATTER', at + number * 20)),
    );
    const history = [...chatter, ...strangers(random, noiseTypes, 3000, month)];
    expect(learnCauses(history, null)).toEqual([]);
  });

  it('gives the same answer whatever the order of the history', () => {
    const random = randomOf(5);
    const history = [
      ...cascade(random, { cause: 'A', effects: [{ type: 'B', lag: 30, chance: 0.7 }], times: 100, seconds: month }),
      ...strangers(random, noiseTypes, 500, month),
    ];
    expect(learnCauses(random.shuffle(history), null)).toEqual(learnCauses(history, null));
  });

  it('is not misled by alarms that are ten years old or from the future', () => {
    const random = randomOf(6);
    const decade = 10 * 365 * 86_400;
    const history = [
      ...strangers(random, noiseTypes, 4000, month),
      alarm('e1', 'N1', -decade),
      alarm('e2', 'N2', decade),
      alarm('e2', 'N3', decade + 1),
    ];
    expect(learnCauses(history, null)).toEqual([]);
  });

  it('answers nothing for an empty history and for one instant', () => {
    expect(learnCauses([], null)).toEqual([]);
    expect(
      learnCauses(
        ['A', 'B', 'C'].map((type) => alarm('e1', type, 0)),
        null,
      ),
    ).toEqual([]);
  });
});
