import type { Prediction } from './hypothesis.ts';

/** An alarm as the explainer sees it: the clock of its source already set right. Seconds. */
export interface TimedAlarm {
  readonly position: number;
  readonly key: string;
  readonly at: number;
}

export interface Fit {
  readonly startsAt: number;
  /** Logarithm of how much better the fault explains the alarms than noise does, its rarity counted in. */
  readonly score: number;
  /** Positions of the alarms that it explains. */
  readonly explained: readonly number[];
}

interface Match {
  readonly alarm: TimedAlarm;
  readonly prediction: number;
  readonly impliedStart: number;
}

const halfLogTwoPi = 0.5 * Math.log(2 * Math.PI);
/** Alarms are stamped to a tenth of a second and jump the queue a little. */
const leastSpread = 0.5;
const widest = 4;

/** Logarithm of the density of an alarm at `at` for a fault at `startsAt`; null where it does not fit at all. */
export function logDensity(prediction: Prediction, startsAt: number, at: number): number | null {
  const spread = Math.max(leastSpread, prediction.spread);
  let residual = at - startsAt - prediction.delay;
  if (prediction.copies > 1) {
    const copy = Math.max(0, Math.min(prediction.copies - 1, Math.round(residual / prediction.period)));
    residual -= copy * prediction.period;
  }
  const scaled = residual / spread;
  if (Math.abs(scaled) > widest) return null;
  return -0.5 * scaled * scaled - Math.log(spread) - halfLogTwoPi;
}

function scoreAt(
  predictions: readonly Prediction[],
  matches: readonly Match[],
  startsAt: number,
  lastSecond: number,
  logNoise: number,
  excused: (key: string, from: number) => boolean,
): Fit {
  let score = 0;
  const met = new Set<number>();
  const metKeys = new Set<string>();
  const claimed = new Set<number>();
  const explained: number[] = [];
  let [weighted, weights] = [0, 0];
  for (const match of matches) {
    const prediction = predictions[match.prediction];
    if (prediction === undefined) continue;
    const density = logDensity(prediction, startsAt, match.alarm.at);
    if (density === null) continue;
    if (claimed.has(match.alarm.position) || (met.has(match.prediction) && prediction.copies === 1)) continue;
    met.add(match.prediction);
    metKeys.add(prediction.key);
    claimed.add(match.alarm.position);
    score += Math.log(Math.max(1e-6, prediction.probability)) + density - logNoise;
    explained.push(match.alarm.position);
    const weight = 1 / Math.max(leastSpread, prediction.spread) ** 2;
    if (prediction.copies === 1) [weighted, weights] = [weighted + weight * match.impliedStart, weights + weight];
  }
  for (const [index, prediction] of predictions.entries()) {
    if (met.has(index) || startsAt + prediction.delay + 2 * prediction.spread > lastSecond) continue;
    // One code may stand for two symptoms; the second is not raised while the first stands.
    if (metKeys.has(prediction.key) || excused(prediction.key, startsAt)) continue;
    score += Math.log(1 - Math.min(0.98, prediction.probability));
  }
  return { startsAt: weights > 0 ? weighted / weights : startsAt, score, explained };
}

/** Implied starts that most others agree with, apart from each other. */
function densestStarts(matches: readonly Match[], most: number): number[] {
  const starts = matches.map((match) => match.impliedStart).sort((left, right) => left - right);
  const halfWidth = 12;
  const counted: { start: number; count: number }[] = [];
  let [low, high] = [0, 0];
  for (const start of starts) {
    while ((starts[low] ?? start) < start - halfWidth) low++;
    while (high < starts.length && (starts[high] ?? start) <= start + halfWidth) high++;
    counted.push({ start, count: high - low });
  }
  counted.sort((left, right) => right.count - left.count);
  const chosen: number[] = [];
  for (const { start } of counted) {
    if (chosen.every((other) => Math.abs(other - start) > halfWidth)) chosen.push(start);
    if (chosen.length === most) break;
  }
  return chosen;
}

/** The start at which a fault explains the alarms at hand best; null where none of them is predicted. */
export function bestFit(
  predictions: readonly Prediction[],
  alarmsOf: (key: string) => readonly TimedAlarm[],
  context: { lastSecond: number; logNoise: number; excused: (key: string, from: number) => boolean },
): Fit | null {
  const matches: Match[] = [];
  for (const [index, prediction] of predictions.entries()) {
    for (const alarm of alarmsOf(prediction.key)) {
      matches.push({ alarm, prediction: index, impliedStart: alarm.at - prediction.delay });
    }
  }
  if (matches.length === 0) return null;
  let best: Fit | null = null;
  for (const start of densestStarts(matches, 5)) {
    let current = start;
    for (let round = 0; round < 2; round++) {
      const fit = scoreAt(predictions, matches, current, context.lastSecond, context.logNoise, context.excused);
      if (best === null || fit.score > best.score) best = { ...fit, startsAt: current };
      current = fit.startsAt;
    }
  }
  return best;
}
