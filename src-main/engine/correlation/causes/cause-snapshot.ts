import { z } from 'zod';
import { type CauseStatistics, createStatistics, limits, pairKey, relationCount } from './cause-statistics.ts';
import { binCount } from './lag-bins.ts';

const countSchema = z.number().nonnegative();
const typeNumberSchema = z
  .number()
  .int()
  .min(0)
  .max(limits.types - 1);

/** What learning remembers, as plain JSON; pairs and rates are rows, for there are many. */
export const causeSnapshotSchema = z.object({
  version: z.literal(1),
  alarms: countSchema,
  refreshes: z.number().int().nonnegative(),
  observed_seconds: countSchema,
  /** Seconds since the epoch; null while nothing was observed. */
  latest_second: z.number().nullable(),
  types: z.array(z.object({ name: z.string(), count: countSchema, spontaneous: countSchema })).max(limits.types),
  pairs: z
    .array(
      z.object({
        cause: typeNumberSchema,
        effect: typeNumberSchema,
        hits: countSchema,
        explained: countSchema,
        attributed: z.array(countSchema).length(relationCount * binCount),
      }),
    )
    .max(limits.pairs),
  /** Per entity: type number, alarms, alarms that came by themselves. */
  usual: z
    .array(z.object({ entity_id: z.string(), types: z.array(z.tuple([typeNumberSchema, countSchema, countSchema])) }))
    .max(limits.entities),
});
export type CauseSnapshot = z.infer<typeof causeSnapshotSchema>;

/** Three decimals are more than a share of an alarm deserves, and keep the snapshot small. */
function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}

export function toSnapshot(statistics: CauseStatistics, refreshes: number): CauseSnapshot {
  return {
    version: 1,
    alarms: statistics.alarms,
    refreshes,
    observed_seconds: statistics.observedSeconds,
    latest_second: statistics.latestSecond,
    types: statistics.types.map(({ name, count, spontaneous }) => ({ name, count, spontaneous: rounded(spontaneous) })),
    pairs: [...statistics.pairs.values()].map(({ cause, effect, hits, explained, attributed }) => ({
      cause,
      effect,
      hits,
      explained: rounded(explained),
      attributed: [...attributed].map(rounded),
    })),
    usual: [...statistics.usual].map(([entityId, types]) => ({
      entity_id: entityId,
      types: [...types].map(([type, { count, spontaneous }]): [number, number, number] => [
        type,
        count,
        rounded(spontaneous),
      ]),
    })),
  };
}

/**
 * The statistics of a snapshot.
 * @throws RangeError when it speaks of a type that it does not name
 */
export function fromSnapshot(snapshot: CauseSnapshot): CauseStatistics {
  const statistics = createStatistics();
  const check = (type: number): number => {
    if (type >= snapshot.types.length) throw new RangeError(`learned causes: type ${type} has no name`);
    return type;
  };
  statistics.alarms = snapshot.alarms;
  statistics.observedSeconds = snapshot.observed_seconds;
  statistics.latestSecond = snapshot.latest_second;
  for (const [number, type] of snapshot.types.entries()) {
    statistics.types.push({ ...type });
    statistics.typeIndex.set(type.name, number);
  }
  for (const pair of snapshot.pairs) {
    statistics.pairs.set(pairKey(check(pair.cause), check(pair.effect)), {
      ...pair,
      attributed: Float64Array.from(pair.attributed),
    });
  }
  for (const { entity_id: entityId, types } of snapshot.usual) {
    statistics.usual.set(
      entityId,
      new Map(types.map(([type, count, spontaneous]) => [check(type), { count, spontaneous }])),
    );
  }
  return statistics;
}
