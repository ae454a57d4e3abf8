import type { CorrelationTopology } from '#engine/correlation/correlator.ts';
import { createAttributor, type ObservedAlarm } from './attribute-alarms.ts';
import { type CauseModel, modelFrom } from './cause-model.ts';
import { type CauseStatistics, createStatistics } from './cause-statistics.ts';
import { judgeCauses, type LearnedCause } from './judge-causes.ts';
import { relatedEntities } from './related-entities.ts';
import { screenOff } from './screen-off.ts';

/** Passes over the history; the shares hardly move after the sixth. */
const passes = 8;
/** A longer history is learned from its latest part: old habits of a network mislead, and learning stays a matter of seconds. */
const mostAlarms = 300_000;

function compareText(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

/**
 * Which alarm type causes which, learned from a recorded history: only pairs that it would act on, surest first. Pure; the order of
 * the history does not matter. Takes some microseconds an alarm and pass.
 * @param history alarms of one network
 * @param topology null: causes are sought on the same entity only
 */
export function learnCauses(history: readonly ObservedAlarm[], topology: CorrelationTopology | null): LearnedCause[] {
  const related = relatedEntities(topology);
  const sorted = history
    .toSorted(
      (left, right) =>
        left.raisedAt - right.raisedAt ||
        compareText(left.entityId, right.entityId) ||
        compareText(left.alarmType, right.alarmType),
    )
    .slice(-mostAlarms);
  let statistics: CauseStatistics = createStatistics();
  for (let pass = 0; pass < passes; pass++) {
    const known: CauseModel | null = pass === 0 ? null : modelFrom(statistics, 0);
    statistics = createStatistics();
    const attributor = createAttributor(statistics, () => known, related);
    for (const alarm of sorted) attributor.observe(alarm);
    attributor.flush();
  }
  return screenOff(judgeCauses(statistics, related), sorted, related);
}
