import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { detectSeries, type SeriesSample } from '#engine/detection/detect-series.ts';
import { createRandom } from '#test/support/simulator/random.ts';

const quarter = 15 * 60_000;
const start = Date.UTC(2026, 0, 5);

function samplesOf(values: readonly (number | null)[], interval = quarter): SeriesSample[] {
  return values.map((value, index) => {
    const time = start + index * interval;
    return { timestamp: new Date(time).toISOString(), time, value };
  });
}

/** Three weeks with a daily rhythm and noise in proportion. */
function rhythm(change: (value: number, index: number) => number | null = (value) => value): (number | null)[] {
  const random = createRandom(7, 'rhythm');
  return Array.from({ length: 21 * 96 }, (_, index) => {
    const usual = 100 + 80 * Math.sin((2 * Math.PI * (index % 96)) / 96);
    return change(usual * (1 + 0.05 * random.normal()), index);
  });
}

const linesOf = (values: readonly (number | null)[]) => [...detectSeries(samplesOf(values))];

describe('detection in one series', () => {
  it('learns the rhythm of the day and finds nothing in it', () => {
    const lines = linesOf(rhythm());
    const late = lines.slice(-96);
    for (const [index, line] of late.entries()) {
      const usual = 100 + 80 * Math.sin((2 * Math.PI * index) / 96);
      expect(Math.abs((line.baseline ?? 0) - usual)).toBeLessThan(25);
    }
    expect(lines.filter(({ anomaly }) => anomaly).length).toBeLessThan(8);
  });

  it('finds a lost service at once, says that it is low, and sees its end', () => {
    const from = 19 * 96 + 40;
    const lines = linesOf(rhythm((value, index) => (index >= from && index < from + 16 ? 0 : value)));
    const flagged = lines.slice(from, from + 16);
    expect(flagged[0]).toMatchObject({ anomaly: true, direction: 'low' });
    expect(flagged[0]?.score).toBeGreaterThanOrEqual(0.5);
    expect(flagged[0]?.z_score).toBeLessThan(-4);
    expect(flagged.every(({ anomaly }) => anomaly)).toBe(true);
    expect(lines.slice(from + 30).some(({ anomaly }) => anomaly)).toBe(false);
  });

  it('finds a half loss in the quiet night, when the value itself is an everyday one', () => {
    const from = 19 * 96 + 66;
    const lines = linesOf(rhythm((value, index) => (index >= from && index < from + 12 ? value * 0.4 : value)));
    expect(lines.slice(from, from + 6).some(({ anomaly, direction }) => anomaly && direction === 'low')).toBe(true);
  });

  it('answers a gap with what is expected, and is not upset by it', () => {
    const from = 19 * 96;
    const lines = linesOf(rhythm((value, index) => (index >= from && index < from + 40 ? null : value)));
    expect(lines[from]).toMatchObject({ value: null, score: 0, z_score: null, anomaly: false, direction: null });
    expect(lines[from + 10]?.baseline).toBeGreaterThan(100);
    expect(lines.slice(from + 40, from + 80).some(({ anomaly }) => anomaly)).toBe(false);
  });

  it('finds a rhythm that is not the day’s', () => {
    const random = createRandom(3, 'own');
    const values = Array.from(
      { length: 2400 },
      (_, index) => 50 + 40 * Math.sin((2 * Math.PI * index) / 37) + random.normal(),
    );
    const lines = [...detectSeries(samplesOf(values, 1000))];
    const errors = lines.slice(-200).map(({ baseline, value }) => Math.abs((baseline ?? 0) - (value ?? 0)));
    expect(errors.reduce((sum, error) => sum + error, 0) / errors.length).toBeLessThan(8);
  });

  it('does not look ahead: what comes later changes no earlier answer', () => {
    fc.assert(
      fc.property(
        fc.array(fc.option(fc.double({ noNaN: true, min: -1e6, max: 1e6 }), { nil: null }), {
          minLength: 1,
          maxLength: 450,
        }),
        fc.nat(449),
        (values, cut) => {
          const whole = linesOf(values).slice(0, cut + 1);
          expect(linesOf(values.slice(0, cut + 1))).toEqual(whole);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('gives finite numbers and a score from 0 to 1 for any finite values and times', () => {
    const row = fc.record({
      time: fc.integer({ min: -6e13, max: 2e14 }),
      value: fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e300, max: 1e300 }), fc.constant(0)),
    });
    fc.assert(
      fc.property(fc.array(row, { maxLength: 400 }), (rows) => {
        for (const line of detectSeries(rows.map((one) => ({ ...one, timestamp: '' })))) {
          expect(Number.isFinite(line.baseline)).toBe(true);
          expect(Number.isFinite(line.z_score)).toBe(true);
          expect(line.score).toBeGreaterThanOrEqual(0);
          expect(line.score).toBeLessThanOrEqual(1);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('finds nothing in a series that never changes', () => {
    expect(linesOf(Array.from({ length: 1500 }, () => 45)).some(({ anomaly }) => anomaly)).toBe(false);
  });

  it('flags nothing while it warms up', () => {
    const values = rhythm((value, index) => (index === 100 ? 1e6 : value)).slice(0, 180);
    expect(linesOf(values).some(({ anomaly }) => anomaly)).toBe(false);
  });
});
