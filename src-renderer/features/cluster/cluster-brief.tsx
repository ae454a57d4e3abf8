import { Button } from '@mantine/core';
import { useLocation } from 'wouter';
import type { Cluster } from '#shared/api/clusters.ts';
import { Key } from '../../components/key.tsx';
import { linkTo } from '../../components/links.ts';
import { CauseSection } from './cause-section.tsx';
import styles from './cluster-brief.module.css';
import { ClusterTitle } from './cluster-title.tsx';
import { IncidentButtons, IncidentState, useIncidentKeys } from './incident-line.tsx';
import { MemberHead } from './member-head.tsx';
import { SitrepSections } from './sitrep-sections.tsx';
import { useClusterDetail, useSitrep } from './use-cluster-detail.ts';
import { useIncidentActions } from './use-incident-actions.tsx';

/** The selected happening beside the situation: its report, its cause, its first members, and what can be done. */
export function ClusterBrief({ cluster }: { readonly cluster: Cluster }) {
  const [, navigate] = useLocation();
  const sitrep = useSitrep(cluster.cluster_id, cluster);
  const detail = useClusterDetail(cluster.cluster_id, cluster);
  const actions = useIncidentActions(cluster);
  useIncidentKeys(actions);
  return (
    <aside className={styles.brief} aria-label={`Selected: ${cluster.title}`}>
      <ClusterTitle cluster={cluster} level="h2" />
      <div className={styles.hands}>
        <IncidentState actions={actions} />
        <div className={styles.buttons}>
          <IncidentButtons actions={actions} />
          <Button onClick={() => navigate(linkTo.cluster(cluster.cluster_id))} rightSection={<Key keys="enter" />}>
            Open
          </Button>
        </div>
      </div>
      <SitrepSections sitrep={sitrep} incidentId={cluster.incident_id} />
      <CauseSection
        cause={cluster.root_cause}
        others={cluster.runner_up === null ? [] : [cluster.runner_up]}
        isComplete={cluster.alarm_count > 1}
      />
      <MemberHead clusterId={cluster.cluster_id} detail={detail} />
    </aside>
  );
}
