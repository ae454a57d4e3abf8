import { useParams } from 'wouter';
import { ErrorState } from '#renderer/components/error-state.tsx';
import { LoadingState } from '#renderer/components/loading-state.tsx';
import { useIncident } from '#renderer/state/hooks.ts';
import { useRemote } from '#renderer/state/use-remote.ts';
import { IncidentFacts } from './incident-facts.tsx';
import { IncidentHead } from './incident-head.tsx';
import styles from './incident-page.module.css';
import { IncidentTimeline } from './incident-timeline.tsx';
import { NoteForm } from './note-form.tsx';
import { OwnerForm } from './owner-form.tsx';
import { useIncidentWork } from './use-incident-work.ts';

/** One incident: where it stands, whose it is, what was done, what to do next. */
export default function IncidentPage() {
  const { id = '' } = useParams<{ id: string }>();
  const incidentId = decodeURIComponent(id);
  const live = useIncident(incidentId);
  const work = useIncidentWork();
  const remote = useRemote(`incident ${incidentId}`, live?.changed_at ?? '', (client, signal) =>
    client.incidents.get({ incident_id: incidentId }, { signal }),
  );
  const incident = live ?? (remote.phase === 'ready' ? remote.data : undefined);

  if (incident === undefined) {
    return remote.phase === 'failed' ? (
      <ErrorState title="This incident cannot be shown" error={remote.error} onRetry={remote.reload} />
    ) : (
      <LoadingState what="the incident" />
    );
  }
  return (
    <div className={styles.page}>
      <div className={styles.main}>
        <IncidentHead incident={incident} work={work} onChanged={remote.reload} />
        <NoteForm key={incident.incident_id} incident={incident} work={work} onChanged={remote.reload} />
        <IncidentTimeline remote={remote} incident={incident} />
      </div>
      <aside className={styles.side} aria-label="Facts and owner">
        <OwnerForm key={incident.incident_id} incident={incident} work={work} onChanged={remote.reload} />
        <IncidentFacts incident={incident} />
      </aside>
    </div>
  );
}
