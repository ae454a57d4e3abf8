import { bounded } from './seasonal-profile.ts';
import { createDetectorState, type DetectorState, detect, expectedAt, type Finding } from './series-detector.ts';
import { chooseScale, fromScale, plainScale, toScale, type ValueScale } from './value-scale.ts';

/** A series that is watched as it comes. Plain data: it can be stored and read back. */
export interface OnlineDetector {
  state: DetectorState;
  scale: ValueScale;
  /** The first samples, kept until it is decided on which scale they are judged; null afterwards. */
  first: { readonly time: number; readonly value: number }[] | null;
}

/** Larger values are taken for this large, so that their squares are numbers. */
const largest = 1e100;
const decideAfter = { samples: 100, milliseconds: 86_400_000, samplesMax: 300 };

export function createOnlineDetector(): OnlineDetector {
  return { state: createDetectorState(), scale: plainScale, first: [] };
}

/** Judges a sample by those before it, then learns from it. Finite values only; `time` in ms since the epoch. */
export function judge(detector: OnlineDetector, time: number, measured: number): Finding {
  const value = bounded(measured, largest);
  if (detector.first !== null) decideScale(detector, time, value);
  const finding = detect(detector.state, time, toScale(detector.scale, value));
  return { ...finding, baseline: fromScale(detector.scale, finding.baseline) };
}

/** The value that is expected at a time. */
export function expectValue(detector: OnlineDetector, time: number): number {
  return fromScale(detector.scale, expectedAt(detector.state, time));
}

/** Chooses the scale once there is enough to choose by; if it is another one, the first samples are learned again on it. */
function decideScale(detector: OnlineDetector, time: number, value: number): void {
  const { first } = detector;
  if (first === null) return;
  const span = time - (first[0]?.time ?? time);
  const isDue =
    first.length + 1 >= decideAfter.samplesMax ||
    (first.length + 1 >= decideAfter.samples && span >= decideAfter.milliseconds);
  if (!isDue) {
    first.push({ time, value });
    return;
  }
  detector.first = null;
  const scale = chooseScale([...first.map((sample) => sample.value), value]);
  if (scale.kind === 'plain') return;
  detector.scale = scale;
  detector.state = createDetectorState();
  for (const sample of first) detect(detector.state, sample.time, toScale(scale, sample.value));
}
