import { EngineText } from '#renderer/components/engine-text.tsx';
import { ErrorState } from '#renderer/components/error-state.tsx';
import { formatDayAndTime, formatExact } from '#renderer/components/format-time.ts';
import { LoadingState } from '#renderer/components/loading-state.tsx';
import { Section } from '#renderer/components/section.tsx';
import type { Remote } from '#renderer/state/use-remote.ts';
import type { Incident, IncidentTimelineEntry } from '#shared/api/incidents.ts';
import styles from './incident-page.module.css';

interface IncidentTimelineProps {
  readonly incident: Incident;
  readonly remote: Remote<{ readonly timeline: readonly IncidentTimelineEntry[] }> & { readonly reload: () => void };
}

/** What the engine and people did, the latest first. */
export function IncidentTimeline({ incident, remote }: IncidentTimelineProps) {
  if (remote.phase === 'loading') return <LoadingState what="the timeline" />;
  if (remote.phase === 'failed') {
    return <ErrorState title="The timeline could not be loaded" error={remote.error} onRetry={remote.reload} />;
  }
  return (
    <Section heading="Timeline">
      <ol className={styles.timeline}>
        {remote.data.timeline.toReversed().map((entry) => (
          <li key={entry.event_id}>
            <time dateTime={entry.at} title={formatExact(Date.parse(entry.at))}>
              {formatDayAndTime(Date.parse(entry.at))}
            </time>
            <span className={styles.who}>{entry.operator === null ? 'Pedkai' : <bdi>{entry.operator}</bdi>}</span>
            <bdi className={styles.what}>
              <EngineText text={entry.what} incidentId={incident.incident_id} />
            </bdi>
          </li>
        ))}
      </ol>
    </Section>
  );
}
