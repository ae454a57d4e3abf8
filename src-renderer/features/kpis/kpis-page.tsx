import { SegmentedControl } from '@mantine/core';
import { Link } from 'wouter';
import { EmptyState } from '#renderer/components/empty-state.tsx';
import { ErrorState } from '#renderer/components/error-state.tsx';
import { linkTo } from '#renderer/components/links.ts';
import { LoadingState } from '#renderer/components/loading-state.tsx';
import { useNow } from '#renderer/state/clock.ts';
import { useConsoleState } from '#renderer/state/hooks.ts';
import { useRemote } from '#renderer/state/use-remote.ts';
import { EntityCharts } from './entity-charts.tsx';
import { Anomalies, Measured, SleepingCells } from './kpi-lists.tsx';
import styles from './kpis-page.module.css';
import { spans, useKpiPlace } from './use-kpi-place.ts';

const refreshMilliseconds = 10_000;
const anomaliesShown = 50;

/** What is measured: sleeping cells and anomalies beside the charts of one entity. */
export default function KpisPage() {
  const place = useKpiPlace();
  const round = useNow((now) => Math.floor(now / refreshMilliseconds));
  const tenantId = useConsoleState((state) => state.tenantId);
  const remote = useRemote(`kpis ${tenantId}`, round, async (client, signal) => {
    const [sleeping, anomalies, metrics] = await Promise.all([
      client.kpi.sleeping(undefined, { signal }),
      client.kpi.anomalies({ limit: anomaliesShown }, { signal }),
      client.kpi.metrics({}, { signal }),
    ]);
    return { sleeping: sleeping.items, anomalies: anomalies.items, metrics: metrics.items };
  });
  if (remote.phase === 'failed')
    return <ErrorState title="The KPIs could not be read" error={remote.error} onRetry={remote.reload} />;
  if (remote.phase === 'loading') return <LoadingState what="the KPIs" />;
  const { sleeping, anomalies, metrics } = remote.data;
  const entityId = place.entityId ?? sleeping[0]?.entity_id ?? anomalies[0]?.entity_id ?? metrics[0]?.entity_id ?? null;
  if (entityId === null)
    return (
      <EmptyState title="Nothing is measured yet">
        Send samples to <code>POST /api/v1/kpi/samples</code>, or import a file with <code>pedkai import kpi</code>.
      </EmptyState>
    );
  const choosing = { chosen: entityId, onChoose: place.look };
  return (
    <div className={styles.page}>
      <aside className={styles.side} aria-label="What stands out">
        <SleepingCells cells={sleeping} {...choosing} />
        <Anomalies anomalies={anomalies} {...choosing} />
        <Measured metrics={metrics} {...choosing} />
      </aside>
      <div className={styles.main}>
        <header className={styles.head}>
          <h1>
            <bdi>{entityId}</bdi>
          </h1>
          <Link href={linkTo.entity(entityId)}>its alarms</Link>
          <SegmentedControl
            aria-label="Period"
            value={String(place.span)}
            onChange={(value) => place.setSpan(spans.find((span) => String(span) === value) ?? 7)}
            data={spans.map((span) => ({ value: String(span), label: span === 1 ? '24 h' : `${span} d` }))}
          />
        </header>
        <EntityCharts key={entityId} entityId={entityId} span={place.span} />
      </div>
    </div>
  );
}
