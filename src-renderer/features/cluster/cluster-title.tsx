import type { Cluster } from '#shared/api/clusters.ts';
import { Age } from '../../components/age.tsx';
import { shortId } from '../../components/engine-text.tsx';
import { plural } from '../../components/format-number.ts';
import { SeverityMark } from '../../components/severity-mark.tsx';
import { Tag } from '../../components/tag.tsx';
import styles from './cluster-title.module.css';

interface ClusterTitleProps {
  readonly cluster: Cluster;
  readonly level: 'h1' | 'h2';
}

/** What a cluster is, in a title and a line under it. */
export function ClusterTitle({ cluster, level: Level }: ClusterTitleProps) {
  const standing = cluster.state === 'active' ? 'open' : cluster.state === 'merged' ? 'merged, began' : 'over, began';
  return (
    <div className={styles.head}>
      <SeverityMark severity={cluster.severity} size={24} isCleared={cluster.state !== 'active'} />
      <div className={styles.words}>
        <Level className={styles.title}>{cluster.title}</Level>
        <div className={styles.sub}>
          <span title={cluster.cluster_id}>Cluster {shortId(cluster.cluster_id)}</span> · {standing}{' '}
          <Age at={cluster.first_raised_at} />
          {cluster.state !== 'active' && ' ago'} · {cluster.severity} · {plural(cluster.alarm_count, 'alarm', 'alarms')}{' '}
          at {plural(cluster.entity_count, 'entity', 'entities')}
        </div>
        {cluster.is_emergency_service && <Tag tone="danger">emergency service behind it</Tag>}
      </div>
    </div>
  );
}
