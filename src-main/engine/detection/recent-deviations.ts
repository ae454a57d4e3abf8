import { bounded } from './seasonal-profile.ts';
import { createSurpriseView, observe, type SurpriseView } from './surprise-view.ts';

/** Means of the last deviations over several spans: a small loss that lasts is seen in the long ones. */
export interface RecentDeviations {
  readonly ring: Float32Array;
  next: number;
  seen: number;
  readonly spans: readonly Span[];
}

interface Span {
  readonly length: number;
  sum: number;
  readonly view: SurpriseView;
}

const ringLength = 256;
/** A single deviation, in usual deviations, counts at most this much in a mean: one outlier is no stretch. */
const outlierLimit = 3;

export function createRecentDeviations(
  lengths: readonly number[],
  floorOf: (length: number) => number,
): RecentDeviations {
  return {
    ring: new Float32Array(ringLength),
    next: 0,
    seen: 0,
    spans: lengths.map((length) => ({ length, sum: 0, view: createSurpriseView(floorOf(length)) })),
  };
}

/** The most surprising mean over the spans that end with this deviation: how surprising, and which mean. */
export function observeRecent(
  recent: RecentDeviations,
  deviation: number,
  weight: number,
): { readonly surprise: number; readonly mean: number } {
  const counted = bounded(deviation, outlierLimit);
  let surprise = 0;
  let mean = 0;
  for (const span of recent.spans) {
    const leaving = recent.seen >= span.length ? recent.ring[(recent.next - span.length + ringLength) % ringLength] : 0;
    span.sum += Math.fround(counted) - (leaving ?? 0);
    if (recent.seen < span.length) continue;
    const over = span.sum / span.length;
    const found = observe(span.view, over, weight);
    if (found <= surprise) continue;
    surprise = found;
    mean = over;
  }
  recent.ring[recent.next] = counted;
  recent.next = (recent.next + 1) % ringLength;
  recent.seen++;
  return { surprise, mean };
}
