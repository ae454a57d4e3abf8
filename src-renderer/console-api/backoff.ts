/** Longest wait before reconnecting, in milliseconds. */
export const longestWait = 30_000;

/** Upper bound of the first wait, in milliseconds; its lower bound is half of that. */
const firstCeiling = 1_000;

/**
 * Milliseconds to wait before attempt `attempt` (1 is the first after a loss). The ceiling doubles from 1 s to 30 s;
 * `random` (0 to 1) takes between half and all of it, so that consoles do not all come back in the same instant.
 */
export function reconnectWait(attempt: number, random: number): number {
  const ceiling = Math.min(longestWait, firstCeiling * 2 ** Math.min(attempt - 1, 16));
  return Math.round(ceiling * (0.5 + random / 2));
}
