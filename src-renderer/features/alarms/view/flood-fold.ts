import type { Alarm } from '#shared/api/alarms.ts';
import { severityRank } from '#shared/vocabulary/severity.ts';

/** A flood as the list sees it. */
export interface FloodView {
  /** Alarms raised before this, milliseconds since the epoch, are no part of it. */
  readonly from: number;
  readonly isEmergency: (alarm: Alarm) => boolean;
}

export interface FloodFold {
  readonly listed: readonly Alarm[];
  readonly folded: number;
  /** Objects under which something is folded. */
  readonly objects: number;
}

/**
 * Collapses a flood by object. Never folded: what concerns an emergency service, the first alarm of every object, the first of
 * every kind of alarm, and whatever is worse than all that is shown of its object. The order of the rest stays.
 */
export function foldFlood(alarms: readonly Alarm[], { from, isEmergency }: FloodView): FloodFold {
  const inFlood = alarms
    .filter((alarm) => Date.parse(alarm.raised_at) >= from)
    .sort(
      (left, right) =>
        Date.parse(left.raised_at) - Date.parse(right.raised_at) || (left.alarm_id < right.alarm_id ? -1 : 1),
    );
  const worst = new Map<string, number>();
  const kinds = new Set<string>();
  const folded = new Set<Alarm>();
  const objects = new Set<string>();
  for (const alarm of inFlood) {
    const rank = severityRank(alarm.severity);
    const shown = worst.get(alarm.entity_id) ?? 0;
    const isNews = rank > shown || !kinds.has(alarm.alarm_type) || isEmergency(alarm);
    if (isNews) {
      worst.set(alarm.entity_id, Math.max(rank, shown));
      kinds.add(alarm.alarm_type);
      continue;
    }
    folded.add(alarm);
    objects.add(alarm.entity_id);
  }
  return {
    listed: folded.size === 0 ? alarms : alarms.filter((alarm) => !folded.has(alarm)),
    folded: folded.size,
    objects: objects.size,
  };
}
