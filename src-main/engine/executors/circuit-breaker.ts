/** What is known of one breaker: an action type in a region. */
export interface BreakerState {
  /** Failures in a row. */
  readonly failures: number;
  /** When it opened, milliseconds since the epoch; null while it is closed. */
  readonly openedAt: number | null;
  readonly because: string;
}

export const closedBreaker: BreakerState = { failures: 0, openedAt: null, because: '' };

/** It opens after so many failures in a row … */
export const failuresToOpen = 2;
/** … and after so long lets one attempt through to see: half open. */
export const coolDownMilliseconds = 30 * 60_000;

/** Whether an attempt may pass. */
export function breakerAllows(breaker: BreakerState, now: number): boolean {
  return breaker.openedAt === null || now - breaker.openedAt >= coolDownMilliseconds;
}

/** After a success the breaker is closed, whatever it was. */
export function afterSuccess(): BreakerState {
  return closedBreaker;
}

/** After a failure: opens at the bound, or at once when the one attempt of a half-open breaker failed. Worse KPIs open it at once. */
export function afterFailure(breaker: BreakerState, now: number, because: string, madeWorse: boolean): BreakerState {
  const failures = breaker.failures + 1;
  const opens = madeWorse || breaker.openedAt !== null || failures >= failuresToOpen;
  return { failures, openedAt: opens ? now : null, because };
}
