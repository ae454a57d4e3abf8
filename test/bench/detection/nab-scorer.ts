/**
 * The scoring of the Numenta Anomaly Benchmark (A. Lavin, S. Ahmad: Evaluating Real-time Anomaly Detection Algorithms,
 * ICMLA 2015), standard profile. A window counts once, by its earliest detection, the earlier the more; each detection
 * outside a window costs, less shortly after one; a window without detection costs 1.
 */
export interface ScoredSeries {
  readonly name: string;
  readonly timestamps: readonly string[];
  readonly scores: readonly number[];
  /** First and last timestamp of each anomaly window. */
  readonly windows: readonly (readonly [string, string])[];
}

const falsePositiveWeight = 0.11;
const probationShare = 0.15;
const probationRowsMax = 5000;

function scaledSigmoid(position: number): number {
  return position > 3 ? -1 : 2 / (1 + Math.exp(5 * position)) - 1;
}

interface ScoredRow {
  readonly score: number;
  /** What a detection here is worth: above 0 in a window, below 0 outside. */
  readonly worth: number;
  /** The window's number over all series, −1 outside. */
  readonly window: number;
}

/** What a detection at each row of a series would be worth, without the rows of the probation. */
export function worthOfRows(series: ScoredSeries, firstWindow: number): ScoredRow[] {
  const rows: ScoredRow[] = [];
  const probation = Math.floor(probationShare * Math.min(series.timestamps.length, probationRowsMax));
  const bounds = series.windows.map(([from, to]) => ({
    left: series.timestamps.findIndex((time) => time >= from.slice(0, 19)),
    right: series.timestamps.findLastIndex((time) => time <= to.slice(0, 19)),
  }));
  const atLeftEdge = scaledSigmoid(-1);
  for (let row = probation; row < series.timestamps.length; row++) {
    const score = series.scores[row] ?? 0;
    const window = bounds.findIndex(({ left, right }) => row >= left && row <= right);
    const inside = bounds[window];
    if (inside !== undefined) {
      const width = inside.right - inside.left + 1;
      const worth = scaledSigmoid(-(inside.right - row + 1) / width) / atLeftEdge;
      rows.push({ score, worth, window: firstWindow + window });
      continue;
    }
    const before = bounds.findLast(({ right }) => right < row);
    const worth = before === undefined ? -1 : scaledSigmoid((row - before.right) / (before.right - before.left));
    rows.push({ score, worth: worth * falsePositiveWeight, window: -1 });
  }
  return rows;
}

export interface NabResult {
  /** 0: detects nothing; 100: detects each window at its first row and nothing else. */
  readonly score: number;
  readonly threshold: number;
  readonly windowsFound: number;
  readonly windows: number;
  readonly falsePositives: number;
}

/** The score at a threshold; all series together. */
export function scoreAtThreshold(series: readonly ScoredSeries[], threshold: number): NabResult {
  return scoreRows(rowsOf(series), countWindows(series), threshold);
}

/** The score at the one threshold that is best over all series together, as the benchmark does it. */
export function scoreAtBest(series: readonly ScoredSeries[]): NabResult {
  const windows = countWindows(series);
  const rows = rowsOf(series).sort((left, right) => right.score - left.score);
  const bestOfWindow = new Map<number, number>();
  let raw = -windows;
  let falsePositives = 0;
  let best: NabResult = { score: 0, threshold: Number.POSITIVE_INFINITY, windowsFound: 0, windows, falsePositives: 0 };
  rows.forEach(({ score, worth, window }, index) => {
    if (window < 0) {
      raw += worth;
      falsePositives++;
    } else {
      const known = bestOfWindow.get(window);
      if (known === undefined || worth > known) {
        raw += worth - (known ?? -1);
        bestOfWindow.set(window, worth);
      }
    }
    if (rows[index + 1]?.score === score) return;
    const result = (100 * (raw + windows)) / (2 * windows);
    if (result > best.score)
      best = { score: result, threshold: score, windowsFound: bestOfWindow.size, windows, falsePositives };
  });
  return best;
}

function countWindows(series: readonly ScoredSeries[]): number {
  return series.reduce((sum, { windows }) => sum + windows.length, 0);
}

function rowsOf(series: readonly ScoredSeries[]): ScoredRow[] {
  let first = 0;
  return series.flatMap((one) => {
    const rows = worthOfRows(one, first);
    first += one.windows.length;
    return rows;
  });
}

function scoreRows(rows: readonly ScoredRow[], windows: number, threshold: number): NabResult {
  const bestOfWindow = new Map<number, number>();
  let raw = -windows;
  let falsePositives = 0;
  for (const { score, worth, window } of rows) {
    if (score < threshold) continue;
    if (window < 0) {
      raw += worth;
      falsePositives++;
      continue;
    }
    const known = bestOfWindow.get(window) ?? -1;
    if (worth > known) {
      raw += worth - known;
      bestOfWindow.set(window, worth);
    }
  }
  const score = windows === 0 ? 0 : (100 * (raw + windows)) / (2 * windows);
  return { score, threshold, windowsFound: bestOfWindow.size, windows, falsePositives };
}
