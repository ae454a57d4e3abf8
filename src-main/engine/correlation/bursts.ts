/** Windows in which a burst is looked for, in milliseconds. */
const windows = [5_000, 15_000, 45_000, 135_000, 405_000];
/** A burst is worth what it saves against times spread over an hour. */
const spreadMs = 3_600_000;
const graceMs = 5_000;

/**
 * Cuts items in ascending order of time into bursts: the window that says most about its times first, then what is left
 * before and after it. Answers the end (exclusive) of each burst of `items[from]` to `items[to - 1]`, in ascending order.
 */
export function cutIntoBursts(times: Float64Array, items: Int32Array, from: number, to: number): number[] {
  const ends: number[] = [];
  const pending: number[] = [from, to];
  while (pending.length > 0) {
    const stop = pending.pop() ?? 0;
    const begin = pending.pop() ?? 0;
    if (stop - begin === 1) {
      ends.push(stop);
      continue;
    }
    const packed = densest(times, items, begin, stop);
    const start = Math.floor(packed / 0x4000000);
    const end = packed % 0x4000000;
    if (start === begin && end === stop) {
      ends.push(stop);
      continue;
    }
    // Last in, first out: the part before, the burst itself, the part after.
    if (end < stop) pending.push(end, stop);
    if (start > begin) {
      if (end < stop || end === stop) pending.push(start, end);
      pending.push(begin, start);
    } else pending.push(begin, end);
  }
  return ends;
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
