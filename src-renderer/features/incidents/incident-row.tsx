import { memo } from 'react';
import { Link } from 'wouter';
import { formatCount } from '#renderer/components/format-number.ts';
import { linkTo } from '#renderer/components/links.ts';
import { SeverityMark } from '#renderer/components/severity-mark.tsx';
import { Tag } from '#renderer/components/tag.tsx';
import type { Incident } from '#shared/api/incidents.ts';
import { IncidentClockText } from './clock.tsx';
import styles from './incident-table.module.css';
import { isOpen, stateWords } from './life-cycle.ts';

interface IncidentRowProps {
  readonly incident: Incident;
  readonly index: number;
  readonly isCursor: boolean;
  readonly onSelect: (incidentId: string) => void;
}

/** One incident in a line. */
export const IncidentRow = memo(function IncidentRow({ incident, index, isCursor, onSelect }: IncidentRowProps) {
  return (
    <tr
      aria-rowindex={index + 2}
      aria-current={isCursor || undefined}
      data-over={!isOpen(incident.state) || undefined}
      data-state={incident.state}
      onClick={() => onSelect(incident.incident_id)}
    >
      <td className={styles.mark}>
        <SeverityMark severity={incident.severity} isCleared={!isOpen(incident.state)} />
      </td>
      <td className={styles.title}>
        <Link href={linkTo.incident(incident.incident_id)} title={incident.title}>
          <bdi>{incident.title.slice(0, 300)}</bdi>
        </Link>
        {incident.is_emergency_service && <Tag tone="danger">emergency service</Tag>}
      </td>
      <td title={incident.entity_id ?? ''}>
        <bdi>{incident.entity_id}</bdi>
      </td>
      <td className={styles.state}>{stateWords(incident.state)}</td>
      <td className={styles.owner} data-nobody={incident.owner === null || undefined} title={incident.owner ?? ''}>
        {incident.owner === null ? 'nobody' : <bdi>{incident.owner}</bdi>}
      </td>
      <td className={styles.number}>{incident.alarm_count === 0 ? '' : formatCount(incident.alarm_count)}</td>
      <td className={styles.number}>
        <IncidentClockText incident={incident} />
      </td>
    </tr>
  );
});
