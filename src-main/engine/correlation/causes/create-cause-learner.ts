import type { CorrelationTopology } from '#engine/correlation/correlator.ts';
import { type Attributor, createAttributor, type ObservedAlarm } from './attribute-alarms.ts';
import { type CauseModel, modelFrom } from './cause-model.ts';
import { type CauseSnapshot, fromSnapshot, toSnapshot } from './cause-snapshot.ts';
import { createStatistics, fade } from './cause-statistics.ts';
import { judgeCauses, type LearnedCause } from './judge-causes.ts';
import { relatedEntities } from './related-entities.ts';

/** Learning as alarms come in; memory bounded, some microseconds an alarm. Deterministic: no clock, no randomness. */
export interface CauseLearner {
  /** Takes in an alarm that was raised. In the order of their times; some disorder only blurs what is learned. */
  observe(alarm: ObservedAlarm): void;
  /** What it would act on now, surest first. Takes milliseconds: not to be asked for every alarm. */
  causes(): LearnedCause[];
  /** Later alarms see the new neighbourhood; what was learned stays. */
  setTopology(topology: CorrelationTopology | null): void;
  /** Everything that it remembers but the last five minutes, as plain JSON. */
  snapshot(): CauseSnapshot;
  /**
   * Forgets everything and goes on from a snapshot.
   * @throws RangeError when the snapshot contradicts itself
   */
  restore(snapshot: CauseSnapshot): void;
}

/** Alarms until the next look at the counts: shares are given by the rates as known at the last look, at first soon again. */
function alarmsUntilRefresh(refreshes: number): number {
  return Math.min(4000, 500 * 2 ** refreshes);
}
/** The first shares were given in ignorance; they lose half their weight at each of the first looks. */
const fadingRefreshes = 4;
/** Half an effect is granted to every pair: what has not been seen yet must still be able to begin. */
const openness = 0.5;
/** From here on the past counts half: networks and software change. */
const mostAlarms = 2_000_000;

/** A learner that has seen nothing. */
export function createCauseLearner(topology: CorrelationTopology | null = null): CauseLearner {
  let statistics = createStatistics();
  let related = relatedEntities(topology);
  let model: CauseModel | null = null;
  let refreshes = 0;
  let sinceRefresh = 0;
  const start = (): Attributor =>
    createAttributor(
      statistics,
      () => model,
      (entityId) => related(entityId),
    );
  let attributor = start();

  const refresh = (): void => {
    sinceRefresh = 0;
    model = modelFrom(statistics, openness);
    refreshes += 1;
    if (refreshes <= fadingRefreshes || statistics.alarms > mostAlarms) fade(statistics);
  };

  return {
    observe: (alarm) => {
      attributor.observe(alarm);
      sinceRefresh += 1;
      if (sinceRefresh >= alarmsUntilRefresh(refreshes)) refresh();
    },
    causes: () => {
      attributor.flush();
      return judgeCauses(statistics, (entityId) => related(entityId));
    },
    setTopology: (replacement) => {
      related = relatedEntities(replacement);
    },
    snapshot: () => {
      attributor.flush();
      return toSnapshot(statistics, refreshes);
    },
    restore: (snapshot) => {
      statistics = fromSnapshot(snapshot);
      refreshes = snapshot.refreshes;
      sinceRefresh = 0;
      model = refreshes === 0 ? null : modelFrom(statistics, openness);
      attributor = start();
    },
  };
}
