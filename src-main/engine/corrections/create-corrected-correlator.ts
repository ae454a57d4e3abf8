import type { Correlator } from '../correlation/correlator.ts';
import { createWatermark } from '../correlation/watermark.ts';
import type { CorrectedCorrelator } from './correction.ts';
import { createShownPartition } from './shown-partition.ts';

/** As long as the engine itself lets alarms tie in others, and once more. */
const memoryMilliseconds = 2 * 3_600_000;
const memoryWindows = 24;
/** Forgetting is looked after whenever so much has come since. */
const sweepAfterGrowth = 2_000;

/**
 * A correlator whose clusters people and their rules correct. The engine goes on judging by itself and knows nothing of
 * corrections; so they neither depend on how it judges nor mislead it, and taking one back restores what it says.
 */
export function createCorrectedCorrelator(inner: Correlator, windowSeconds: number): CorrectedCorrelator {
  const windowMs = windowSeconds * 1_000;
  const partition = createShownPartition(windowMs);
  const watermark = createWatermark();
  let sweepAt = sweepAfterGrowth;
  const sweep = (): void => {
    if (partition.size() < sweepAt) return;
    partition.forgetBefore(watermark.current() - Math.max(memoryMilliseconds, windowMs * memoryWindows));
    sweepAt = partition.size() * 2 + sweepAfterGrowth;
  };
  return {
    apply(events) {
      for (const event of events) if (event.kind === 'raised') watermark.observe(event.alarm.raisedAt);
      partition.note(events);
      const changes = partition.follow(inner.apply(events));
      sweep();
      return changes;
    },
    settle: () => partition.follow(inner.settle()),
    setTopology(topology) {
      inner.setTopology(topology);
      partition.setTopology(topology);
    },
    setLearnedCauses: (causes) => inner.setLearnedCauses(causes),
    restore(clusters) {
      inner.restore(clusters);
      partition.restore(clusters);
    },
    correct: (correction) => partition.correct(correction),
    setRules: (rules, preferences) => partition.setRules(rules, preferences),
    restoreCorrections: (standing) => partition.restoreCorrections(standing),
    isLive: (clusterId) => partition.isLive(clusterId),
  };
}
