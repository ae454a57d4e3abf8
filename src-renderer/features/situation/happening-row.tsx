import type { Cluster } from '#shared/api/clusters.ts';
import { Age } from '../../components/age.tsx';
import { ConfidenceBar } from '../../components/confidence-bar.tsx';
import { formatCount } from '../../components/format-number.ts';
import { SeverityMark } from '../../components/severity-mark.tsx';
import { Tag } from '../../components/tag.tsx';
import { useIncident } from '../../state/hooks.ts';
import styles from './happening-row.module.css';

/** What stands under the number of standing alarms. */
function alarmsNote({ alarm_count, active_count, entity_count }: Cluster): string {
  if (active_count < alarm_count) return `of ${formatCount(alarm_count)}`;
  return entity_count === 1 ? 'one entity' : `${formatCount(entity_count)} entities`;
}

interface HappeningRowProps {
  readonly cluster: Cluster;
  readonly isSelected: boolean;
}

/** One thing that is happening, in two lines. */
export function HappeningRow({ cluster, isSelected }: HappeningRowProps) {
  const incident = useIncident(cluster.incident_id);
  const { root_cause: cause } = cluster;
  const isOver = cluster.state !== 'active';
  const owner = incident?.owner ?? (incident === undefined ? 'no incident' : 'unowned');
  return (
    <div
      className={styles.row}
      data-cluster={cluster.cluster_id}
      data-selected={isSelected || undefined}
      data-over={isOver || undefined}
    >
      <SeverityMark severity={cluster.severity} size={22} isCleared={isOver} />
      <div className={styles.what}>
        <div className={styles.titleLine}>
          <span className={styles.title} title={cluster.title}>
            {cluster.title}
          </span>
          {cluster.is_emergency_service && <Tag tone="danger">emergency service</Tag>}
          {isOver && <Tag>{cluster.state === 'merged' ? 'merged into another' : 'cleared'}</Tag>}
          {incident !== undefined && incident.state !== 'new' && !isOver && (
            <Tag>{incident.state.replace('_', ' ')}</Tag>
          )}
        </div>
        <div className={styles.cause} title={`${cause.entity_id}: ${cause.because}`}>
          <b>{cause.entity_id}</b> · {cause.because}
        </div>
      </div>
      <div className={styles.confidence}>
        <ConfidenceBar value={cause.confidence} />
      </div>
      <div className={styles.number}>
        <b>{formatCount(cluster.active_count)}</b>
        <small>{alarmsNote(cluster)}</small>
      </div>
      <div className={styles.number}>
        <b>
          <Age at={cluster.first_raised_at} />
        </b>
        <small title={owner}>{owner}</small>
      </div>
    </div>
  );
}

/** Names the columns of the rows, once. */
export function HappeningHead() {
  return (
    <div className={styles.head} aria-hidden="true">
      <span />
      <span>What, and its cause</span>
      <span className={styles.confidence}>Confidence</span>
      <span>Standing</span>
      <span>Open for</span>
    </div>
  );
}
