import type { Random } from '#test/support/simulator/random.ts';

/** What moves the demand of many cells at once and is no fault of any. */
export interface NetworkEffects {
  /** The factor on the demand of a site's cells at a sample. */
  at(sample: number, site: number): number;
  /** Whether a day, counted from the first, is a public holiday: it goes as a Sunday does. */
  isHoliday(day: number): boolean;
}

interface SpecialEvent {
  readonly from: number;
  readonly to: number;
  readonly factor: number;
  /** The first and the last site that feel it. */
  readonly firstSite: number;
  readonly lastSite: number;
}

const samplesPerDay = 96;
const rampSamples = 4;

/** A public holiday, evenings that everybody spends alike, crowds at a few sites, and weather. */
export function networkEffects(random: Random, samples: number, sites: number): NetworkEffects {
  const days = Math.floor(samples / samplesPerDay);
  const events: SpecialEvent[] = [];
  const half = Math.floor(days / 2);
  const holiday = 7 * Math.floor(days / 14 + (days / 14) * random.next()) + random.integer(0, 4);
  for (let index = 0; index < 2; index++) {
    const day = half + Math.floor(random.next() * (days - half - 1));
    const from = day * samplesPerDay + 72;
    events.push({ from, to: from + 14, factor: 1.25 + 0.25 * random.next(), firstSite: 0, lastSite: sites });
  }
  for (let index = 0; index < 4; index++) {
    const day = half + Math.floor(random.next() * (days - half - 1));
    const from = day * samplesPerDay + 64;
    const firstSite = Math.floor(random.next() * sites);
    events.push({ from, to: from + 16, factor: 1.8 + random.next(), firstSite, lastSite: firstSite + 1 });
  }
  const weather = smoothNoise(random, samples);
  return {
    isHoliday: (day) => day === holiday,
    at: (sample, site) => {
      let factor = weather[sample] ?? 1;
      for (const event of events) {
        if (sample < event.from || sample >= event.to || site < event.firstSite || site > event.lastSite) continue;
        const edge = Math.min(sample - event.from + 1, event.to - sample, rampSamples) / rampSamples;
        factor *= 1 + (event.factor - 1) * edge;
      }
      return factor;
    },
  };
}

/** A factor around 1 that wanders slowly, a few percent wide. */
function smoothNoise(random: Random, samples: number): number[] {
  let level = 0;
  return Array.from({ length: samples }, () => {
    level = 0.98 * level + 0.006 * random.normal();
    return Math.exp(level);
  });
}
