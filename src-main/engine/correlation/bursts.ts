/** Windows in which a burst is looked for, in milliseconds. */
const windows = [5_000, 15_000, 45_000, 135_000, 405_000];
/** A burst is worth what it saves against times spread over an hour. */
const spreadMs = 3_600_000;
const graceMs = 5_000;
const widest = 405_000;
/** So many are looked at together: work and depth stay bounded in a flood without pauses. */
const longestStretch = 256;
/** What each alarm of a burst at a single moment is worth. */
const momentWorth = Math.log(spreadMs / graceMs);

/**
 * Cuts items in ascending order of time into bursts: the window that says most about its times first, then what is left
 * before and after it. Answers the end (exclusive) of each burst of `items[from]` to `items[to - 1]`, in ascending order.
 */
export function cutIntoBursts(times: Float64Array, items: Int32Array, from: number, to: number): number[] {
  const ends: number[] = [];
  let begin = from;
  // No burst is longer than the widest window, so a longer pause always parts two.
  for (let at = from + 1; at <= to; at += 1) {
    const goesOn = at < to && (times[items[at] ?? 0] ?? 0) - (times[items[at - 1] ?? 0] ?? 0) <= widest;
    if (goesOn && at - begin < longestStretch) continue;
    cutStretch(times, items, begin, at, ends);
    begin = at;
  }
  return ends;
}

function cutStretch(times: Float64Array, items: Int32Array, from: number, to: number, ends: number[]): void {
  const width = (times[items[to - 1] ?? 0] ?? 0) - (times[items[from] ?? 0] ?? 0);
  const count = to - from;
  // All but one of them at one moment would be the best part: where the whole is better, nothing is cut.
  const whole = width <= widest ? count * Math.log(spreadMs / (width + graceMs)) : 0;
  if (count === 1 || whole >= (count - 1) * momentWorth) {
    ends.push(to);
    return;
  }
  const packed = densest(times, items, from, to);
  const start = Math.floor(packed / 0x4000000);
  const end = packed % 0x4000000;
  if (start > from) cutStretch(times, items, from, start, ends);
  ends.push(end);
  if (end < to) cutStretch(times, items, end, to, ends);
}

/** Start and end of the best window, packed into one number to spare an object in the innermost loop. */
function densest(times: Float64Array, items: Int32Array, from: number, to: number): number {
  let best = from * 0x4000000 + from + 1;
  let bestWorth = Number.NEGATIVE_INFINITY;
  for (const window of windows) {
    let end = from;
    for (let start = from; start < to; start += 1) {
      const first = times[items[start] ?? 0] ?? 0;
      while (end < to && (times[items[end] ?? 0] ?? 0) - first <= window) end += 1;
      const width = (times[items[end - 1] ?? 0] ?? 0) - first;
      const worth = (end - start) * Math.log(spreadMs / (width + graceMs));
      if (worth > bestWorth) {
        bestWorth = worth;
        best = start * 0x4000000 + end;
      }
      if (end === to) break;
    }
  }
  return best;
}
