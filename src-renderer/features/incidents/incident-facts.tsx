import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { formatCount } from '#renderer/components/format-number.ts';
import { formatDayAndTime, formatDuration } from '#renderer/components/format-time.ts';
import { linkTo } from '#renderer/components/links.ts';
import { Section } from '#renderer/components/section.tsx';
import type { Incident } from '#shared/api/incidents.ts';
import styles from './incident-page.module.css';

/** What is stored of an incident. */
export function IncidentFacts({ incident }: { readonly incident: Incident }) {
  const created = Date.parse(incident.created_at);
  return (
    <Section heading="Facts">
      <dl className={styles.facts}>
        <Fact name="Severity">{incident.severity}</Fact>
        {incident.entity_id !== null && (
          <Fact name="Entity">
            <Link href={linkTo.entity(incident.entity_id)}>
              <bdi>{incident.entity_id}</bdi>
            </Link>
          </Fact>
        )}
        {incident.cluster_id === null ? (
          <Fact name="Opened">by hand, without a happening</Fact>
        ) : (
          <Fact name="Alarms">
            <Link href={linkTo.alarms(`cluster:${incident.cluster_id}`)}>{formatCount(incident.alarm_count)}</Link>,{' '}
            {formatCount(incident.active_count)} standing
          </Fact>
        )}
        <Fact name="Created">{formatDayAndTime(created)}</Fact>
        <Moment name="Acknowledged" at={incident.acknowledged_at} created={created} />
        <Moment name="Resolved" at={incident.resolved_at} created={created} />
        <Moment name="Closed" at={incident.closed_at} created={created} />
        <Fact name="Incident id">
          <span className={styles.id}>{incident.incident_id}</span>
        </Fact>
      </dl>
    </Section>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div className={styles.fact}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

interface MomentProps {
  readonly name: string;
  readonly at: string | null;
  /** Milliseconds since the epoch. */
  readonly created: number;
}

function Moment({ name, at, created }: MomentProps) {
  if (at === null) return <Fact name={name}>not yet</Fact>;
  const time = Date.parse(at);
  return (
    <Fact name={name}>
      {formatDayAndTime(time)} <span className={styles.nobody}>· after {formatDuration(time - created)}</span>
    </Fact>
  );
}
