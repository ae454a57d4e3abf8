import { useCallback } from 'react';
import { formatDuration, formatExact } from '#renderer/components/format-time.ts';
import { useNow } from '#renderer/state/clock.ts';
import type { Incident } from '#shared/api/incidents.ts';
import { incidentClock } from './incident-list.ts';

/** How long an incident waits, is open or took. */
export function IncidentClockText({ incident }: { readonly incident: Incident }) {
  const { counts, since, until } = incidentClock(incident);
  const text = useNow(useCallback((now: number) => formatDuration((until ?? now) - since), [since, until]));
  return (
    <span title={`Opened ${formatExact(since)}`} data-counts={counts}>
      {counts} {text}
    </span>
  );
}
