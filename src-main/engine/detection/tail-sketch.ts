/**
 * How often values of a kind occurred, kept as decaying counts of signed magnitudes on a logarithmic axis, and how rare a
 * further one would be. Beyond what was seen the tail is continued as a power law whose index is Hill's estimate
 * (B. M. Hill, Annals of Statistics 3(5), 1975), drawn towards a prior while few extreme values have been seen.
 */
export interface TailSketch {
  /** Decayed counts: first the magnitudes above zero, then those below. */
  readonly counts: Float32Array;
  /** Weight of all values, those near zero included. */
  total: number;
  /** Weight of the next value; grows, so that older values fade without touching every count. */
  gain: number;
}

const binsPerSide = 48;
const smallest = 0.2;
const binWidth = 0.13;
/** Share of the values that counts as the tail. */
const tailShare = 0.03;
const priorExceedances = 6;
const rescaleAbove = 1e12;

export function createTailSketch(): TailSketch {
  return { counts: new Float32Array(2 * binsPerSide), total: 0, gain: 1 };
}

/** Counts a value. `weight` 0–1: how much it shall count; `memory`: after how many values one has faded to 1/e. */
export function countValue(sketch: TailSketch, value: number, weight: number, memory: number): void {
  const magnitude = Math.abs(value);
  const added = sketch.gain * weight;
  if (magnitude >= smallest) {
    const bin = Math.min(binsPerSide - 1, Math.floor(Math.log(magnitude / smallest) / binWidth));
    const index = value > 0 ? bin : bin + binsPerSide;
    sketch.counts[index] = (sketch.counts[index] ?? 0) + added;
  }
  sketch.total += added;
  sketch.gain *= 1 + 1 / memory;
  if (sketch.gain > rescaleAbove) rescale(sketch);
}

function rescale(sketch: TailSketch): void {
  for (let index = 0; index < sketch.counts.length; index++)
    sketch.counts[index] = (sketch.counts[index] ?? 0) / sketch.gain;
  sketch.total /= sketch.gain;
  sketch.gain = 1;
}

/**
 * How rare a value is that lies at least so far out on the same side: −log10 of its probability, 0 for an everyday value.
 * `priorIndex` is the tail index assumed before any tail was seen.
 */
export function rarity(sketch: TailSketch, value: number, priorIndex: number): number {
  const magnitude = Math.abs(value);
  if (magnitude < smallest) return 0;
  const scale = 1 / sketch.gain;
  const total = sketch.total * scale + 2;
  const position = Math.min(Math.log(magnitude / smallest) / binWidth, binsPerSide - 1);
  const offset = value > 0 ? 0 : binsPerSide;
  const wanted = tailShare * total;
  let above = 0;
  let moment = 0;
  let bin = binsPerSide;
  while (bin > 0 && above < wanted) {
    bin--;
    const count = (sketch.counts[offset + bin] ?? 0) * scale;
    above += count;
    moment += count * (bin + 0.5);
  }
  if (position < bin) return amongTheUsual(sketch, offset, position, bin, above, total);
  const excess = (moment - above * bin) * binWidth;
  const index = (above + priorExceedances) / (excess + priorExceedances / priorIndex);
  return -Math.log10(Math.min(1, (above + 1) / total)) + (index * (position - bin) * binWidth) / Math.LN10;
}

/** The rarity of a value below the tail: counted. */
function amongTheUsual(
  sketch: TailSketch,
  offset: number,
  position: number,
  tailStart: number,
  inTail: number,
  total: number,
): number {
  const scale = 1 / sketch.gain;
  let above = inTail;
  let bin = tailStart;
  while (bin > position) {
    bin--;
    const count = (sketch.counts[offset + bin] ?? 0) * scale;
    above += bin > position ? count : count * (bin + 1 - position);
  }
  return -Math.log10(Math.min(1, (above + 1) / total));
}
