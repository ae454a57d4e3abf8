/**
 * How samples are kept on disk: each series in blocks of a span of time. Raw blocks hold time and value; rolled-up blocks hold
 * start, min, max, sum and count of each bucket. All numbers are little-endian doubles.
 */

/** Milliseconds of a bucket; 0: the samples themselves. */
export type Resolution = 0 | 900_000 | 3_600_000 | 86_400_000;
export const resolutions: readonly Resolution[] = [0, 900_000, 3_600_000, 86_400_000];

const day = 86_400_000;
const blockSpans: Record<Resolution, number> = { 0: day, 900000: 8 * day, 3600000: 32 * day, 86400000: 1024 * day };

export interface Sample {
  readonly time: number;
  readonly value: number;
}

/** What is left of the samples of one bucket. */
export interface Bucket {
  readonly start: number;
  readonly min: number;
  readonly max: number;
  readonly sum: number;
  readonly count: number;
}

/** The start of the block that a time belongs to. */
export function blockStart(resolution: Resolution, time: number): number {
  const span = blockSpans[resolution];
  return Math.floor(time / span) * span;
}

export function blockSpan(resolution: Resolution): number {
  return blockSpans[resolution];
}

export function encodeSamples(samples: readonly Sample[]): Buffer {
  const numbers = new Float64Array(samples.length * 2);
  samples.forEach(({ time, value }, index) => {
    numbers[2 * index] = time;
    numbers[2 * index + 1] = value;
  });
  return Buffer.from(numbers.buffer);
}

export function decodeSamples(data: Buffer): Sample[] {
  const numbers = doublesOf(data);
  const samples: Sample[] = [];
  for (let index = 0; index + 1 < numbers.length; index += 2)
    samples.push({ time: numbers[index] ?? 0, value: numbers[index + 1] ?? 0 });
  return samples;
}

export function encodeBuckets(buckets: readonly Bucket[]): Buffer {
  return Buffer.from(
    new Float64Array(buckets.flatMap(({ start, min, max, sum, count }) => [start, min, max, sum, count])).buffer,
  );
}

export function decodeBuckets(data: Buffer): Bucket[] {
  const numbers = doublesOf(data);
  const buckets: Bucket[] = [];
  for (let index = 0; index + 4 < numbers.length; index += 5) {
    const [start = 0, min = 0, max = 0, sum = 0, count = 0] = numbers.subarray(index, index + 5);
    buckets.push({ start, min, max, sum, count });
  }
  return buckets;
}

function doublesOf(data: Buffer): Float64Array {
  // A view must begin at a multiple of eight; what SQLite gives may not.
  const copy = new Uint8Array(data);
  return new Float64Array(copy.buffer, 0, Math.floor(copy.byteLength / 8));
}

/** Samples in order of time; of two of the same time the later in the lists counts. */
export function mergeSamples(stored: readonly Sample[], fresh: readonly Sample[]): Sample[] {
  const newest = stored.at(-1)?.time ?? Number.NEGATIVE_INFINITY;
  // The usual case: all later than what is stored, and in order.
  if (fresh.every(({ time }, index) => time > (fresh[index - 1]?.time ?? newest))) return [...stored, ...fresh];
  const byTime = new Map<number, Sample>();
  for (const sample of stored) byTime.set(sample.time, sample);
  for (const sample of fresh) byTime.set(sample.time, sample);
  return [...byTime.values()].sort((left, right) => left.time - right.time);
}

/** Samples put together in buckets, in order of time. */
export function rollUp(samples: readonly Sample[], resolution: Exclude<Resolution, 0>): Bucket[] {
  return combine(
    samples.map(({ time, value }) => ({ start: time, min: value, max: value, sum: value, count: 1 })),
    resolution,
  );
}

/** Buckets put together in larger ones, in order of time. */
export function combine(buckets: readonly Bucket[], resolution: Exclude<Resolution, 0>): Bucket[] {
  const larger = new Map<number, Bucket>();
  for (const bucket of buckets) {
    const start = Math.floor(bucket.start / resolution) * resolution;
    const known = larger.get(start);
    larger.set(
      start,
      known === undefined
        ? { ...bucket, start }
        : {
            start,
            min: Math.min(known.min, bucket.min),
            max: Math.max(known.max, bucket.max),
            sum: known.sum + bucket.sum,
            count: known.count + bucket.count,
          },
    );
  }
  return [...larger.values()].sort((left, right) => left.start - right.start);
}
