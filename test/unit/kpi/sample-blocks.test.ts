import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { downSample } from '#engine/kpi/down-sample.ts';
import {
  combine,
  decodeBuckets,
  decodeSamples,
  encodeBuckets,
  encodeSamples,
  mergeSamples,
  rollUp,
} from '#engine/kpi/sample-blocks.ts';

const sample = fc.record({
  time: fc.integer({ min: -1e12, max: 4e12 }),
  value: fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e12, max: 1e12 }),
});

describe('blocks of samples', () => {
  it('come back as they were written', () => {
    fc.assert(
      fc.property(fc.array(sample), (samples) => {
        expect(decodeSamples(encodeSamples(samples))).toEqual(samples);
        const buckets = rollUp(samples, 900_000);
        expect(decodeBuckets(encodeBuckets(buckets))).toEqual(buckets);
      }),
    );
  });

  it('are merged in order of time, and of two samples of one time the later sent counts', () => {
    const merged = mergeSamples(
      [
        { time: 1, value: 1 },
        { time: 3, value: 3 },
      ],
      [
        { time: 3, value: 30 },
        { time: 2, value: 2 },
        { time: 3, value: 300 },
      ],
    );
    expect(merged).toEqual([
      { time: 1, value: 1 },
      { time: 2, value: 2 },
      { time: 3, value: 300 },
    ]);
  });

  it('keep min, max, sum and count through every roll-up', () => {
    fc.assert(
      fc.property(fc.array(sample, { minLength: 1 }), (samples) => {
        const days = combine(combine(rollUp(samples, 900_000), 3_600_000), 86_400_000);
        const all = samples.map(({ value }) => value);
        expect(days.reduce((sum, { count }) => sum + count, 0)).toBe(samples.length);
        expect(Math.min(...days.map(({ min }) => min))).toBe(Math.min(...all));
        expect(Math.max(...days.map(({ max }) => max))).toBe(Math.max(...all));
        const sum = days.reduce((total, day) => total + day.sum, 0);
        expect(Math.abs(sum - all.reduce((total, value) => total + value, 0))).toBeLessThan(1);
        for (const { start } of days) expect(Math.abs(start % 86_400_000)).toBe(0);
      }),
    );
  });
});

describe('down-sampling', () => {
  it('keeps the lowest, the highest, the order and the bound', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ noNaN: true }), { minLength: 1, maxLength: 3000 }),
        fc.integer({ min: 10, max: 400 }),
        (values, most) => {
          const points = values.map((value, index) => ({ value, index }));
          const kept = downSample(points, most);
          expect(kept.length).toBeLessThanOrEqual(Math.max(most, 4));
          expect(Math.min(...kept.map(({ value }) => value))).toBe(Math.min(...values));
          expect(Math.max(...kept.map(({ value }) => value))).toBe(Math.max(...values));
          expect(kept.map(({ index }) => index)).toEqual(
            kept.map(({ index }) => index).toSorted((left, right) => left - right),
          );
        },
      ),
    );
  });

  it('keeps a point of an anomaly that is no extreme', () => {
    const points = Array.from({ length: 1000 }, (_, index) => ({ value: index % 10, anomaly: index === 555 }));
    expect(downSample(points, 40).some(({ anomaly }) => anomaly)).toBe(true);
  });
});
