import type { Pulse } from '#shared/api/console.ts';
import { toMilliseconds } from '#shared/vocabulary/time.ts';

/** A feed without an event for so long is shown as silent, in milliseconds. */
export const feedSilenceLimit = 15 * 60_000;

/** Feeds of a tenant, by whether they said something lately. */
export interface FeedHealth {
  readonly alive: number;
  readonly silent: number;
  /** Of the feed that went silent last, milliseconds; null when none is silent. */
  readonly shortestSilence: number | null;
}

/** Who is talking, measured against the pulse's own time, so that a wrong clock on this machine changes nothing. */
export function feedHealth(pulse: Pulse): FeedHealth {
  const at = toMilliseconds(pulse.at);
  const silences = pulse.feeds
    .map((feed) => at - toMilliseconds(feed.last_event_at))
    .filter((silence) => silence > feedSilenceLimit);
  return {
    alive: pulse.feeds.length - silences.length,
    silent: silences.length,
    shortestSilence: silences.length === 0 ? null : Math.min(...silences),
  };
}

/** How urgent a shortage is. */
export type Urgency = 'normal' | 'caution' | 'danger';

/** Free bytes below which the disk is short, and below which the engine will soon be unable to keep alarms. */
const diskShort = 5e9;
const diskCritical = 1e9;

export function diskUrgency(freeBytes: number): Urgency {
  if (freeBytes < diskCritical) return 'danger';
  return freeBytes < diskShort ? 'caution' : 'normal';
}

/** The queue is half full: caution; nine tenths: senders will soon be turned away. */
export function queueUrgency({ depth, max }: Pulse['queue']): Urgency {
  const share = depth / max;
  if (share >= 0.9) return 'danger';
  return share >= 0.5 ? 'caution' : 'normal';
}
