import type { Alarm } from '#shared/api/alarms.ts';
import type { Severity } from '#shared/vocabulary/severity.ts';
import { type Haystacks, holds, isShelved } from '../query/match.ts';
import type { Condition, Query } from '../query/query.ts';
import { hiddenBecause, type Visibility } from './hidden.ts';

/** The dimensions that are counted above the list. */
export type FacetName = 'severity' | 'state' | 'source';
export type FacetState = 'unacked' | 'acked' | 'cleared' | 'shelved';

/** How many alarms each value would show, the facet's own condition left aside. */
export interface Facets {
  readonly severity: ReadonlyMap<Severity, number>;
  readonly state: ReadonlyMap<FacetState, number>;
  readonly source: ReadonlyMap<string, number>;
}

/** How many alarms that meet the query are left out, by reason. */
export interface HiddenCount {
  readonly cleared: number;
  readonly shelved: number;
  readonly suppressed: number;
}

/** What a query makes of the alarms at hand. `listed` keeps their order. `matching` = listed + hidden. */
export interface Selection {
  readonly listed: readonly Alarm[];
  readonly hidden: HiddenCount;
  readonly facets: Facets;
}

/** Applies a query in one pass. `now` in milliseconds since the epoch. */
export function selectAlarms(
  alarms: Iterable<Alarm>,
  query: Query,
  visibility: Visibility,
  now: number,
  haystacks: Haystacks,
): Selection {
  const listed: Alarm[] = [];
  const hidden = { cleared: 0, shelved: 0, suppressed: 0 };
  const severity = new Map<Severity, number>();
  const state = new Map<FacetState, number>();
  const source = new Map<string, number>();
  for (const alarm of alarms) {
    const failing = failingFacet(alarm, query.conditions, now, haystacks);
    if (failing === 'several') {
      continue;
    }
    if (failing === null || failing === 'state') {
      count(state, facetState(alarm, now));
    }
    if (failing === 'state') {
      continue;
    }
    const because = hiddenBecause(alarm, query, visibility, now);
    if (because !== null) {
      hidden[because] += failing === null ? 1 : 0;
      continue;
    }
    if (failing !== 'source') {
      count(severity, alarm.severity);
    }
    if (failing !== 'severity') {
      count(source, alarm.source_system);
    }
    if (failing === null) {
      listed.push(alarm);
    }
  }
  return { listed, hidden, facets: { severity, state, source } };
}

/** The one facet whose conditions alone keep the alarm out, null when nothing does, `several` when more is in the way. */
function failingFacet(
  alarm: Alarm,
  conditions: readonly Condition[],
  now: number,
  haystacks: Haystacks,
): FacetName | 'several' | null {
  let failing: FacetName | null = null;
  for (const condition of conditions) {
    if (holds(alarm, condition, now, haystacks)) {
      continue;
    }
    const facet = facetOf(condition);
    if (facet === null || (failing !== null && failing !== facet)) {
      return 'several';
    }
    failing = facet;
  }
  return failing;
}

function facetOf(condition: Condition): FacetName | null {
  if (condition.kind === 'severity' || condition.kind === 'state') {
    return condition.kind;
  }
  return condition.kind === 'pattern' && condition.field === 'source' ? 'source' : null;
}

/** Where an alarm counts among the states; each counts once. `now` in milliseconds since the epoch. */
export function facetState(alarm: Alarm, now: number): FacetState {
  if (isShelved(alarm, now)) {
    return 'shelved';
  }
  return alarm.is_cleared ? 'cleared' : alarm.ack_state;
}

function count<T>(counts: Map<T, number>, value: T): void {
  counts.set(value, (counts.get(value) ?? 0) + 1);
}
