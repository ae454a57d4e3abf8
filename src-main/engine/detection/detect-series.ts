import { createOnlineDetector, expectValue, judge } from './online-detector.ts';

/** One sample of a series; null: a gap. */
export interface SeriesSample {
  /** As it was written. */
  readonly timestamp: string;
  /** Milliseconds since the epoch. */
  readonly time: number;
  readonly value: number | null;
}

/** What `pedkai detect` says of one row. */
export interface DetectionLine {
  readonly timestamp: string;
  readonly value: number | null;
  readonly baseline: number | null;
  readonly score: number;
  readonly z_score: number | null;
  readonly anomaly: boolean;
  readonly direction: 'low' | 'high' | null;
}

/** Judges each sample of a series by those before it. A gap gets the expected value, and no judgement. */
export function* detectSeries(samples: Iterable<SeriesSample>): Generator<DetectionLine> {
  const detector = createOnlineDetector();
  let seen = 0;
  for (const { timestamp, time, value } of samples) {
    if (value === null) {
      const baseline = seen === 0 ? null : expectValue(detector, time);
      yield { timestamp, value, baseline, score: 0, z_score: null, anomaly: false, direction: null };
      continue;
    }
    seen++;
    const { baseline, zScore, score, isAnomaly, direction } = judge(detector, time, value);
    yield {
      timestamp,
      value,
      baseline,
      score,
      z_score: zScore,
      anomaly: isAnomaly,
      direction: direction === 0 ? null : direction < 0 ? 'low' : 'high',
    };
  }
}
