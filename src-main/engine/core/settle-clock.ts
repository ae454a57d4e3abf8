/** When correlation is to settle. Times are milliseconds of one monotonic clock. */
export interface SettleClock {
  /** Something was worked in. */
  worked(at: number): void;
  settled(startedAt: number, endedAt: number): void;
  /** When to settle next; infinite while there is nothing new. */
  due(isBehind: boolean): number;
}

/** Quiet for so long, correlation gets time to finish what it put off; in a storm that never pauses, it gets it this often. */
const afterQuietMilliseconds = 150;
const atLeastEveryMilliseconds = 750;
/** Settling takes at most one part in so many of the writer's time, however much is live; less while alarms wait for it. */
const shareOfTime = 6;
const shareWhenBehind = 15;

export function createSettleClock(): SettleClock {
  let latest = 0;
  let took = 0;
  let unsettledSince: number | null = null;
  return {
    worked(at) {
      latest = at;
      unsettledSince ??= at;
    },
    settled(startedAt, endedAt) {
      took = endedAt - startedAt;
      unsettledSince = null;
    },
    due(isBehind) {
      if (unsettledSince === null) return Number.POSITIVE_INFINITY;
      const atLatest =
        unsettledSince + Math.max(atLeastEveryMilliseconds, took * (isBehind ? shareWhenBehind : shareOfTime));
      return isBehind ? atLatest : Math.min(atLatest, latest + Math.max(afterQuietMilliseconds, took));
    },
  };
}
