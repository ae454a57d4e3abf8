import { Link, useLocation, useParams } from 'wouter';
import { EmptyState } from '../../components/empty-state.tsx';
import { ErrorState } from '../../components/error-state.tsx';
import { linkTo } from '../../components/links.ts';
import { LoadingState } from '../../components/loading-state.tsx';
import { useHotkeyGroup } from '../../frame/keys/use-hotkeys.ts';
import { useCluster } from '../../state/hooks.ts';
import { CauseSection } from './cause-section.tsx';
import styles from './cluster-page.module.css';
import { ClusterTimeline } from './cluster-timeline.tsx';
import { ClusterTitle } from './cluster-title.tsx';
import { CorrectionBar } from './correction-bar.tsx';
import { DecideSection } from './decide-section.tsx';
import { ImpactSection } from './impact-section.tsx';
import { IncidentButtons, IncidentState, useIncidentKeys } from './incident-line.tsx';
import { MemberTable } from './member-table.tsx';
import { SitrepSections } from './sitrep-sections.tsx';
import { useClusterDetail, useImpact, useSitrep } from './use-cluster-detail.ts';
import { useCorrections } from './use-corrections.tsx';
import { useIncidentActions } from './use-incident-actions.tsx';
import { usePicking } from './use-picking.ts';

/** One happening with everything known of it. */
export default function ClusterPage() {
  const [, navigate] = useLocation();
  const clusterId = useParams<{ id: string }>().id;
  const live = useCluster(clusterId);
  const detail = useClusterDetail(clusterId, live);
  const sitrep = useSitrep(clusterId, live);
  const impact = useImpact(clusterId, live);
  const loaded = detail.phase === 'ready' ? detail.data : undefined;
  const cluster = live ?? loaded;
  const actions = useIncidentActions(cluster);
  const corrections = useCorrections(cluster, detail.reload);
  const picking = usePicking(clusterId);
  useIncidentKeys(actions);
  useHotkeyGroup('Cluster', [
    {
      keys: 'escape',
      label: 'to the situation',
      hint: 'situation',
      run: () => navigate(linkTo.inSituation(clusterId)),
    },
  ]);

  if (cluster === undefined) {
    if (detail.phase !== 'failed') return <LoadingState what="the cluster" />;
    if (detail.error.status === 404) {
      return (
        <EmptyState title="There is no such cluster">
          It may belong to another tenant. <Link href="/situation">To the situation</Link>
        </EmptyState>
      );
    }
    return <ErrorState title="The cluster could not be loaded" error={detail.error} onRetry={detail.reload} />;
  }
  return (
    <div className={styles.page}>
      <div className={styles.report}>
        <ClusterTitle cluster={cluster} level="h1" />
        {cluster.merged_into !== null && (
          <p className={styles.merged}>
            Its members are now in <Link href={linkTo.cluster(cluster.merged_into)}>another cluster</Link>.
          </p>
        )}
        <div className={styles.hands}>
          <IncidentState actions={actions} />
          <div className={styles.buttons}>
            <IncidentButtons actions={actions} />
          </div>
        </div>
        <SitrepSections sitrep={sitrep} incidentId={cluster.incident_id} />
        <ImpactSection impact={impact} />
        <CauseSection
          cause={cluster.root_cause}
          others={loaded?.candidates ?? (cluster.runner_up === null ? [] : [cluster.runner_up])}
          isComplete={loaded !== undefined && cluster.alarm_count > 1}
          onName={
            corrections === null ? null : ({ entity_id, alarm_id }) => void corrections.nameCause(entity_id, alarm_id)
          }
        />
        <DecideSection clusterId={clusterId} />
        {loaded !== undefined && <ClusterTimeline timeline={loaded.timeline} />}
      </div>
      {loaded !== undefined && (
        <MemberTable
          members={loaded.members}
          causeAlarmId={cluster.root_cause.alarm_id}
          picked={picking.picked}
          onPick={corrections === null ? null : picking.pick}
          bar={
            corrections === null ? (
              <span />
            ) : (
              <CorrectionBar
                clusterId={clusterId}
                members={loaded.members}
                picked={picking.picked}
                corrections={corrections}
                onPickNone={picking.pickNone}
              />
            )
          }
        />
      )}
      {detail.phase === 'loading' && <LoadingState what="members" />}
      {detail.phase === 'failed' && (
        <ErrorState title="The members could not be loaded" error={detail.error} onRetry={detail.reload} />
      )}
    </div>
  );
}
