import type { Correlator } from './correlator.ts';
import { createCorrelator } from './create-correlator.ts';

/** So many alarms are weighed against each other in well under a second; a storm of 5,000 in ten minutes fits. */
const mostLive = 8_000;

/** The correlator of a running engine: quick with every batch, thorough whenever it settles, bounded in any storm. */
export function createLiveCorrelator(windowSeconds: number): Correlator {
  return createCorrelator({ windowSeconds, weighsInSettle: true, mostLive });
}
