import { describe, expect, it } from 'vitest';
import { scoreAtBest, scoreAtThreshold } from '#test/bench/detection/nab-scorer.ts';

const timestamps = Array.from({ length: 200 }, (_, minute) =>
  new Date(Date.UTC(2026, 0, 1) + minute * 60_000).toISOString().slice(0, 19),
);
const window: readonly [string, string] = [timestamps[100] ?? '', timestamps[119] ?? ''];

function series(detections: readonly number[]) {
  const scores = timestamps.map((_, row) => (detections.includes(row) ? 1 : 0));
  return { name: 'one', timestamps, scores, windows: [window] };
}

describe('the scoring of the Numenta Anomaly Benchmark', () => {
  it('gives 100 for the first row of each window and nothing else', () => {
    expect(scoreAtThreshold([series([100])], 0.5).score).toBeCloseTo(100);
  });

  it('gives 0 for no detection at all', () => {
    expect(scoreAtThreshold([series([])], 0.5).score).toBe(0);
  });

  it('gives less for a later detection, and counts a window once', () => {
    const late = scoreAtThreshold([series([115])], 0.5).score;
    expect(late).toBeGreaterThan(50);
    expect(late).toBeLessThan(100);
    expect(scoreAtThreshold([series([100, 101, 102])], 0.5).score).toBeCloseTo(100);
  });

  it('charges 0.11 of a window for a detection far from any, less shortly after one', () => {
    expect(scoreAtThreshold([series([50, 100])], 0.5).score).toBeCloseTo(100 - (100 * 0.11) / 2);
    const after = scoreAtThreshold([series([100, 121])], 0.5).score;
    expect(after).toBeLessThan(100);
    expect(after).toBeGreaterThan(100 - (100 * 0.11) / 2);
  });

  it('does not look at the first 15 % of a series', () => {
    expect(scoreAtThreshold([series([3, 29, 100])], 0.5).score).toBeCloseTo(100);
  });

  it('takes the one threshold that is best over all series', () => {
    const one = series([50, 100]);
    const graded = { ...one, scores: one.scores.map((score, row) => (row === 50 ? 0.4 : score)) };
    expect(scoreAtBest([graded])).toMatchObject({ threshold: 1, falsePositives: 0, windowsFound: 1 });
  });
});
