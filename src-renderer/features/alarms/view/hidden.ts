import type { Alarm } from '#shared/api/alarms.ts';
import { isShelved } from '../query/match.ts';
import type { Query } from '../query/query.ts';

/** What the list leaves out by default; each is counted on the screen and can be shown. */
export interface Visibility {
  readonly showCleared: boolean;
  readonly showShelved: boolean;
  readonly showSuppressed: boolean;
  /** Everything that a flood would fold. */
  readonly showFlood: boolean;
}

/** Why an alarm that meets the query is not listed; null when it is. */
export type HiddenBecause = 'cleared' | 'shelved' | 'suppressed' | null;

/**
 * Cleared alarms are over, shelved ones were put aside by a person, suppressed ones by planned maintenance: all are left out unless asked for, by the
 * visibility or by a query that names the state. `now` in milliseconds since the epoch.
 */
export function hiddenBecause(alarm: Alarm, query: Query, visibility: Visibility, now: number): HiddenBecause {
  if (isShelved(alarm, now) && !visibility.showShelved && !query.namedStates.has('shelved')) {
    return 'shelved';
  }
  if (alarm.suppressed_by !== null && !visibility.showSuppressed && !query.namedStates.has('suppressed')) {
    return 'suppressed';
  }
  if (alarm.is_cleared && !visibility.showCleared && !query.namedStates.has('cleared')) {
    return 'cleared';
  }
  return null;
}
