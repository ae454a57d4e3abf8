/**
 * The usual deviation from the level at each phase of a period (a day, a week, or one that was found). A phase is learned
 * from earlier periods only: what the current visit tells counts after it has ended.
 */
export interface SeasonalProfile {
  /** Length of the period, ms. */
  readonly period: number;
  readonly usual: Float64Array;
  /** How often each phase was visited. */
  readonly visits: Float64Array;
  /** The least weight of a further visit. */
  readonly gain: number;
  /** Visits before a phase is half believed. */
  readonly caution: number;
  /** What the profile foretold against what came: their ratio is how far it is to be trusted. */
  foretoldTimesCame: number;
  foretoldSquared: number;
  phase: number;
  visitSum: number;
  visitWeight: number;
}

/** What one profile says about one moment. */
export interface ProfileForecast {
  readonly profile: SeasonalProfile;
  readonly phase: number;
  /** The deviation from the level, as learned. */
  readonly raw: number;
  /** The same, as far as the profile is to be trusted. */
  readonly trusted: number;
}

const firstVisits = 1.5;
const trustedWholeFrom = 0.9;

export function createSeasonalProfile(
  period: number,
  phases: number,
  learning: { readonly gain: number; readonly caution: number },
): SeasonalProfile {
  return {
    period,
    usual: new Float64Array(phases),
    visits: new Float64Array(phases),
    ...learning,
    foretoldTimesCame: 0,
    foretoldSquared: 0,
    phase: -1,
    visitSum: 0,
    visitWeight: 0,
  };
}

function phaseAt(profile: SeasonalProfile, time: number): number {
  const phases = profile.usual.length;
  const share = time / profile.period - Math.floor(time / profile.period);
  return Math.min(phases - 1, Math.floor(share * phases + 1e-9));
}

function trustIn(profile: SeasonalProfile): number {
  if (profile.foretoldSquared <= 0) return 0;
  const ratio = profile.foretoldTimesCame / profile.foretoldSquared;
  return ratio > trustedWholeFrom ? 1 : Math.max(0, ratio);
}

export function forecast(profile: SeasonalProfile, time: number): ProfileForecast {
  const phase = phaseAt(profile, time);
  const visits = profile.visits[phase] ?? 0;
  const belief = visits === 0 ? 0 : visits / (visits + profile.caution);
  const raw = (profile.usual[phase] ?? 0) * belief;
  return { profile, phase, raw, trusted: trustIn(profile) * raw };
}

/** What learning from one sample depends on. */
export interface ProfileLesson {
  /** The deviation that this profile was to explain. */
  readonly deviation: number;
  /** The usual size of what remains unexplained. */
  readonly noise: number;
  /** Deviations smaller than this do not matter. */
  readonly floor: number;
  /** 0–1. */
  readonly weight: number;
  /** How many samples were seen. */
  readonly seen: number;
}

/** Learns from what came after a forecast. */
export function learn({ profile, phase, raw }: ProfileForecast, lesson: ProfileLesson): void {
  const { deviation, noise, floor, weight, seen } = lesson;
  const visits = profile.visits[phase] ?? 0;
  if (visits > 0) {
    const keep = 1 - 1 / Math.max(100, Math.min(4000, seen / 3));
    const came = bounded(deviation, Math.abs(raw) + 4 * noise);
    profile.foretoldTimesCame = profile.foretoldTimesCame * keep + weight * came * raw;
    profile.foretoldSquared = profile.foretoldSquared * keep + weight * (raw * raw + floor * floor);
  }
  if (profile.phase !== phase) endVisit(profile);
  profile.phase = phase;
  const news = deviation - (profile.usual[phase] ?? 0);
  profile.visitSum += weight * (visits < 2 ? news : bounded(news, 3 * noise));
  profile.visitWeight += weight;
}

function endVisit(profile: SeasonalProfile): void {
  if (profile.visitWeight <= 0) return;
  const { phase } = profile;
  const visits = profile.visits[phase] ?? 0;
  const weight = Math.min(1, profile.visitWeight);
  const gain = Math.min(1, Math.max(firstVisits / (visits + firstVisits), profile.gain)) * weight;
  profile.usual[phase] = (profile.usual[phase] ?? 0) + (gain * profile.visitSum) / profile.visitWeight;
  profile.visits[phase] = visits + weight;
  profile.visitSum = 0;
  profile.visitWeight = 0;
}

export function bounded(value: number, limit: number): number {
  return value > limit ? limit : value < -limit ? -limit : value;
}
