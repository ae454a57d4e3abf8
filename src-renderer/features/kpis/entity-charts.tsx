import { useMemo } from 'react';
import { EmptyState } from '#renderer/components/empty-state.tsx';
import { ErrorState } from '#renderer/components/error-state.tsx';
import { LoadingState } from '#renderer/components/loading-state.tsx';
import { useNow } from '#renderer/state/clock.ts';
import { useConsoleState } from '#renderer/state/hooks.ts';
import { useRemote } from '#renderer/state/use-remote.ts';
import { toTimestamp } from '#shared/vocabulary/time.ts';
import { KpiChart } from './kpi-chart.tsx';
import styles from './kpis-page.module.css';
import type { Span } from './use-kpi-place.ts';

/** More points than this cannot be told apart on a screen. */
const pointsMax = 2_000;
/** Up to so many days the baseline is drawn; beyond, quarter hours are put together. */
const baselineDays = 28;
const metricsMax = 12;
const day = 86_400_000;

/** All KPIs of an entity, one below the other on one axis of time. */
export function EntityCharts({ entityId, span }: { readonly entityId: string; readonly span: Span }) {
  const minute = useNow((now) => Math.floor(now / 60_000));
  const tenantId = useConsoleState((state) => state.tenantId);
  const period = useMemo(
    () => ({ from: (minute + 1) * 60_000 - span * day, to: (minute + 1) * 60_000 }),
    [minute, span],
  );
  const remote = useRemote(`kpis ${tenantId} ${entityId} ${span}`, minute, async (client, signal) => {
    const { items } = await client.kpi.metrics({ entity_id: entityId }, { signal });
    const series = await Promise.all(
      items.slice(0, metricsMax).map(({ metric_name }) =>
        client.kpi.series(
          {
            entity_id: entityId,
            metric_name,
            from: toTimestamp(period.from),
            to: toTimestamp(period.to),
            resolution: span <= baselineDays ? 'raw' : '15m',
            baseline: span <= baselineDays ? 'true' : 'false',
            max_points: pointsMax,
          },
          { signal },
        ),
      ),
    );
    return { series, period, isKnown: items[0]?.is_known_entity ?? true };
  });
  if (remote.phase === 'failed')
    return <ErrorState title="The KPIs could not be read" error={remote.error} onRetry={remote.reload} />;
  if (remote.phase === 'loading') return <LoadingState what="the KPIs" />;
  const { series, isKnown } = remote.data;
  if (series.length === 0) return <EmptyState title="Nothing is measured of this entity" />;
  return (
    <>
      {!isKnown && (
        <p className={styles.caution}>The topology does not know {entityId}; its measurements are kept apart.</p>
      )}
      {series.map((one) => (
        <KpiChart key={one.metric_name} series={one} from={remote.data.period.from} to={remote.data.period.to} />
      ))}
    </>
  );
}
