import { binCount } from './lag-bins.ts';

/** Where the cause stood: on the effect's own entity, or one link away. */
export const relationCount = 2;

/** What is counted of one ordered pair of alarm types. */
export interface PairStatistics {
  readonly cause: number;
  readonly effect: number;
  /** Effects that had the cause before them within the longest lag. */
  hits: number;
  /** Effects that this cause is held responsible for, by relation and lag bin. */
  readonly attributed: Float64Array;
  /** Loss of log-likelihood, in nats, if this pair were left out; its own price not yet deducted. */
  explained: number;
}

/** What is counted of one alarm type. */
export interface TypeStatistics {
  readonly name: string;
  count: number;
  /** Alarms of this type that nothing seems to have caused. */
  spontaneous: number;
}

/** Alarms of one type on one entity. */
export interface UsualAlarms {
  count: number;
  /** Those that nothing seems to have caused. */
  spontaneous: number;
}

/** Everything that learning remembers; bounded. */
export interface CauseStatistics {
  readonly types: TypeStatistics[];
  readonly typeIndex: Map<string, number>;
  readonly pairs: Map<number, PairStatistics>;
  /** What is usual on each entity, by type. */
  readonly usual: Map<string, Map<number, UsualAlarms>>;
  alarms: number;
  /** Time that the alarms span, long silences left out. */
  observedSeconds: number;
  /** Where that count stands, in seconds since the epoch; null before the first alarm. */
  latestSecond: number | null;
}

export const limits = {
  /** Alarm types; those that come later are not learned. */
  types: 4096,
  pairs: 20_000,
  /** Entities whose usual rates are kept; others are taken as average ones. */
  entities: 50_000,
} as const;

export function createStatistics(): CauseStatistics {
  return {
    types: [],
    typeIndex: new Map(),
    pairs: new Map(),
    usual: new Map(),
    alarms: 0,
    observedSeconds: 0,
    latestSecond: null,
  };
}

/** Number of a type; -1 when there are too many already. */
export function typeNumber(statistics: CauseStatistics, name: string): number {
  const known = statistics.typeIndex.get(name);
  if (known !== undefined) return known;
  if (statistics.types.length >= limits.types) return -1;
  const number = statistics.types.length;
  statistics.types.push({ name, count: 0, spontaneous: 0 });
  statistics.typeIndex.set(name, number);
  return number;
}

export function pairKey(cause: number, effect: number): number {
  return cause * limits.types + effect;
}

/** Statistics of a pair, made on first use; null when there are too many pairs. */
export function pairOf(statistics: CauseStatistics, cause: number, effect: number): PairStatistics | null {
  const key = pairKey(cause, effect);
  const known = statistics.pairs.get(key);
  if (known !== undefined) return known;
  if (statistics.pairs.size >= limits.pairs) return null;
  const attributed = new Float64Array(relationCount * binCount);
  const pair: PairStatistics = { cause, effect, hits: 0, attributed, explained: 0 };
  statistics.pairs.set(key, pair);
  return pair;
}

/** What is usual for a type on an entity, made on first use; null when there are too many entities. */
export function usualOf(statistics: CauseStatistics, entityId: string, type: number): UsualAlarms | null {
  let here = statistics.usual.get(entityId);
  if (here === undefined) {
    if (statistics.usual.size >= limits.entities) return null;
    here = new Map();
    statistics.usual.set(entityId, here);
  }
  let usual = here.get(type);
  if (usual === undefined) {
    usual = { count: 0, spontaneous: 0 };
    here.set(type, usual);
  }
  return usual;
}

/** A longer silence counts as this long: the engine was off, or a clock is years away. */
const longestSilence = 86_400;

/** Lets time pass up to an alarm; one that comes late takes nothing back. */
export function passTime(statistics: CauseStatistics, second: number): void {
  const { latestSecond } = statistics;
  if (latestSecond === null || second < latestSecond - longestSilence) {
    statistics.latestSecond = second;
  } else if (second > latestSecond) {
    statistics.observedSeconds += Math.min(longestSilence, second - latestSecond);
    statistics.latestSecond = second;
  }
}

/** Observed seconds, at least one. */
export function observedSeconds(statistics: CauseStatistics): number {
  return Math.max(1, statistics.observedSeconds);
}

/** Sum of what a pair is held responsible for. */
export function attributedTotal(pair: PairStatistics): number {
  let sum = 0;
  for (const share of pair.attributed) sum += share;
  return sum;
}

/** Halves every count, so that old habits fade, and drops the pairs that hardly ever met. */
export function fade(statistics: CauseStatistics): void {
  statistics.alarms /= 2;
  statistics.observedSeconds /= 2;
  for (const type of statistics.types) {
    type.count /= 2;
    type.spontaneous /= 2;
  }
  for (const [key, pair] of statistics.pairs) {
    pair.hits /= 2;
    pair.explained /= 2;
    for (let index = 0; index < pair.attributed.length; index++)
      pair.attributed[index] = (pair.attributed[index] ?? 0) / 2;
    if (pair.hits < 0.5) statistics.pairs.delete(key);
  }
  for (const [entity, here] of statistics.usual) {
    for (const [type, usual] of here) {
      usual.count /= 2;
      usual.spontaneous /= 2;
      if (usual.count < 0.5) here.delete(type);
    }
    if (here.size === 0) statistics.usual.delete(entity);
  }
}
