import type { CoreHost } from '../core/inputs.ts';

/**
 * Lets a reader see what was acknowledged before it asked: null when the handlers have come so far already, else a promise
 * that resolves when they have, or after a bounded time, when the reader is answered with what there is. Who follows live
 * waits only shortly: what comes later is told as it comes.
 */
export type ReadBarrier = (isLive: boolean) => Promise<void> | null;

/** The handlers need some seconds for the largest lag; a reader is not kept for longer. */
const patienceMilliseconds = 10_000;
const livePatienceMilliseconds = 500;

export function createReadBarrier(host: Pick<CoreHost, 'workedIn'>): ReadBarrier {
  return (isLive) => host.workedIn(isLive ? livePatienceMilliseconds : patienceMilliseconds);
}
