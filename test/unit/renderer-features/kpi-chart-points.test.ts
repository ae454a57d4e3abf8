import { describe, expect, it } from 'vitest';
import { chartPoints, formatKpi } from '#renderer/features/kpis/chart-points.ts';
import type { KpiPoint, KpiSeries } from '#shared/api/kpi.ts';

const start = Date.UTC(2026, 10, 22);
const quarter = 900_000;
const point = (index: number, more: Partial<KpiPoint> = {}): KpiPoint => ({
  timestamp: new Date(start + index * quarter).toISOString(),
  value: index,
  ...more,
});
const series = (points: KpiPoint[]): KpiSeries => ({
  entity_id: 'CELL-1',
  metric_name: 'traffic_mb',
  resolution: 'raw',
  total_points: points.length,
  points,
});

describe('points of a KPI chart', () => {
  it('break the line where samples are missing, and nowhere else', () => {
    const points = chartPoints(series([0, 1, 2, 3, 10, 11].map((index) => point(index))));
    expect(points.map(({ value }) => value)).toEqual([0, 1, 2, 3, null, 10, 11]);
    expect(points[4]?.at).toBe(start + 4 * quarter);
  });

  it('mark anomalies with their value and carry what was expected', () => {
    const [usual, odd] = chartPoints(
      series([point(0, { baseline: 5, anomaly: false }), point(1, { baseline: 5, anomaly: true })]),
    );
    expect(usual).toMatchObject({ baseline: 5, anomaly: null });
    expect(odd).toMatchObject({ baseline: 5, anomaly: 1 });
  });

  it('are none for an empty series', () => {
    expect(chartPoints(series([]))).toEqual([]);
  });

  it('are written short', () => {
    expect([1234.5, 45.678, 1.2345, -0.5].map(formatKpi)).toEqual(['1,235', '45.7', '1.23', '-0.5']);
  });
});
