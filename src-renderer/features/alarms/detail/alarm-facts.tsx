import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { Age } from '#renderer/components/age.tsx';
import { formatCount } from '#renderer/components/format-number.ts';
import { formatDayAndTime } from '#renderer/components/format-time.ts';
import type { Alarm } from '#shared/api/alarms.ts';
import styles from './alarm-detail.module.css';

/** What is stored of an alarm, in words. */
export function AlarmFacts({ alarm }: { readonly alarm: Alarm }) {
  return (
    <dl className={styles.facts}>
      <Fact name="Severity">{alarm.severity}</Fact>
      <Fact name="State">
        {alarm.state}
        {alarm.cleared_at !== null && <When at={alarm.cleared_at} />}
      </Fact>
      <Fact name="Acknowledged">
        {alarm.ack_state === 'acked' ? (
          <>
            yes, by <bdi>{alarm.acked_by ?? 'nobody named'}</bdi>
          </>
        ) : (
          'no'
        )}
      </Fact>
      {alarm.shelved_until !== null && (
        <Fact name="Shelved until">{formatDayAndTime(Date.parse(alarm.shelved_until))}</Fact>
      )}
      <Fact name="First raised">
        <When at={alarm.raised_at} />
      </Fact>
      <Fact name="Last raised">
        <When at={alarm.last_raised_at} />
      </Fact>
      <Fact name="Repeated">{timesWords(alarm.repeat_count)}</Fact>
      {alarm.probable_cause !== null && (
        <Fact name="Probable cause">
          <bdi>{alarm.probable_cause}</bdi>
        </Fact>
      )}
      <Fact name="Source">
        <bdi>{alarm.source_system}</bdi>
      </Fact>
      {alarm.incident_id !== null && (
        <Fact name="Incident">
          <Link href={`/incidents/${encodeURIComponent(alarm.incident_id)}`}>{alarm.incident_id}</Link>
        </Fact>
      )}
      <Fact name="Alarm id">
        <span className={styles.id}>{alarm.alarm_id}</span>
      </Fact>
    </dl>
  );
}

function timesWords(count: number): string {
  if (count === 0) return 'never';
  return count === 1 ? 'once' : `${formatCount(count)} times`;
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div className={styles.fact}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function When({ at }: { readonly at: string }) {
  return (
    <span className={styles.when}>
      {formatDayAndTime(Date.parse(at))}{' '}
      <span className={styles.ago}>
        · <Age at={at} /> ago
      </span>
    </span>
  );
}
