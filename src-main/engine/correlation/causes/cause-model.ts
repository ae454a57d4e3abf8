import { type CauseStatistics, observedSeconds, pairKey, relationCount } from './cause-statistics.ts';
import { binCount, binWidth } from './lag-bins.ts';

/**
 * Rates that a pass attributes alarms by: a mutually exciting point process (Hawkes 1971) with stepwise kernels, each alarm type
 * exciting each other on the same entity and on neighbours, over a constant rate that is each entity's own.
 */
export interface CauseModel {
  /** Alarms of the effect's type per second that one alarm of the cause's type brings; `slot` is relation times bins, plus bin. */
  rate(cause: number, effect: number, slot: number): number;
  /** Rate per second at which a type arises by itself on an entity. */
  spontaneousRate(entityId: string, type: number): number;
}

/** A rate that is never zero: so many alarms in all the time observed. */
const leastCount = 0.01;

/**
 * The model that explains the counts. It reads the rates of entities at the time of asking.
 * @param openness effects beforehand granted to every pair, spread over all lags; more than 0 where pairs that were never
 *   seen so far may still turn up
 */
export function modelFrom(statistics: CauseStatistics, openness: number): CauseModel {
  const slots = relationCount * binCount;
  const kernels = new Map<number, Float64Array>();
  for (const pair of statistics.pairs.values()) {
    const causes = statistics.types[pair.cause]?.count ?? 0;
    if (causes === 0) continue;
    const kernel = new Float64Array(slots);
    for (let slot = 0; slot < slots; slot++) {
      kernel[slot] = ((pair.attributed[slot] ?? 0) + openness / slots) / (causes * binWidth(slot % binCount));
    }
    kernels.set(pairKey(pair.cause, pair.effect), kernel);
  }
  const seconds = observedSeconds(statistics);
  const entities = Math.max(1, statistics.usual.size);
  const { usual, types } = statistics;
  return {
    rate: (cause, effect, slot) => {
      const kernel = kernels.get(pairKey(cause, effect));
      if (kernel !== undefined) return kernel[slot] ?? 0;
      return openness / (slots * Math.max(1, types[cause]?.count ?? 0) * binWidth(slot % binCount));
    },
    spontaneousRate: (entityId, type) => {
      const here = usual.get(entityId)?.get(type)?.spontaneous ?? (types[type]?.spontaneous ?? 0) / entities;
      return Math.max(leastCount, here) / seconds;
    },
  };
}
