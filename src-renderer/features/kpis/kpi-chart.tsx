import { useMemo } from 'react';
import { CartesianGrid, ComposedChart, Line, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import { formatDayAndTime, formatShortTime } from '#renderer/components/format-time.ts';
import type { KpiSeries } from '#shared/api/kpi.ts';
import { chartPoints, formatKpi } from './chart-points.ts';
import styles from './kpis-page.module.css';

interface KpiChartProps {
  readonly series: KpiSeries;
  readonly from: number;
  readonly to: number;
}

const day = 86_400_000;
const labels: Record<string, string> = { value: 'measured', baseline: 'expected', anomaly: 'anomaly' };

/** One KPI over time: what was measured, what was expected, and where the two part. */
export function KpiChart({ series, from, to }: KpiChartProps) {
  const points = useMemo(() => chartPoints(series), [series]);
  const anomalies = points.filter(({ anomaly }) => anomaly !== null).length;
  const tick = (at: number) => (to - from <= day ? formatShortTime(at) : formatDayAndTime(at).slice(4, 10));
  return (
    <figure className={styles.chart}>
      <figcaption>
        <b>{series.metric_name}</b>
        <span className={styles.quiet}>
          {anomalies > 0 ? `${anomalies} anomalous values` : 'as expected'}
          {series.points.length < series.total_points && ', thinned out; extremes stay'}
        </span>
      </figcaption>
      <div className={styles.plot} role="img" aria-label={summary(series, anomalies)}>
        <ResponsiveContainer width="100%" height="100%">
          <ComposedChart
            data={points}
            syncId="kpis"
            accessibilityLayer={false}
            margin={{ top: 6, right: 12, bottom: 0, left: 0 }}
          >
            <CartesianGrid vertical={false} stroke="var(--line)" />
            <XAxis
              dataKey="at"
              type="number"
              domain={[from, to]}
              tickFormatter={tick}
              minTickGap={48}
              stroke="var(--line-strong)"
              tick={{ fill: 'var(--text-3)', fontSize: 11 }}
            />
            <YAxis
              width={56}
              domain={['auto', 'auto']}
              tickFormatter={formatKpi}
              axisLine={false}
              tickLine={false}
              tick={{ fill: 'var(--text-3)', fontSize: 11 }}
            />
            <Tooltip
              isAnimationActive={false}
              labelFormatter={(at) => (typeof at === 'number' ? formatDayAndTime(at).slice(0, -3) : '')}
              formatter={(value, name) => [
                typeof value === 'number' ? formatKpi(value) : '–',
                labels[String(name)] ?? name,
              ]}
              contentStyle={{ background: 'var(--surface-2)', border: '1px solid var(--line-strong)', fontSize: 12 }}
            />
            <Line
              dataKey="baseline"
              stroke="var(--text-3)"
              strokeDasharray="4 3"
              strokeWidth={1}
              dot={false}
              activeDot={false}
              isAnimationActive={false}
            />
            <Line dataKey="value" stroke="var(--accent)" strokeWidth={1.5} dot={false} isAnimationActive={false} />
            <Line
              dataKey="anomaly"
              stroke="none"
              dot={{ r: 2.5, fill: 'var(--major)', stroke: 'none' }}
              activeDot={false}
              legendType="none"
              isAnimationActive={false}
            />
          </ComposedChart>
        </ResponsiveContainer>
      </div>
    </figure>
  );
}

function summary({ metric_name, points }: KpiSeries, anomalies: number): string {
  const values = points.map(({ value }) => value);
  if (values.length === 0) return `${metric_name}: no samples`;
  return `${metric_name}: from ${formatKpi(Math.min(...values))} to ${formatKpi(Math.max(...values))}, ${anomalies} anomalous values`;
}
