import type { KpiSeries } from '#shared/api/kpi.ts';

/** A point as the chart takes it. */
export interface ChartPoint {
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** Null breaks the line: a gap. */
  readonly value: number | null;
  readonly baseline: number | null;
  /** The value where it is an anomaly. */
  readonly anomaly: number | null;
}

/** A hole of so many usual distances between points is drawn as a gap. */
const gapDistances = 3;

/** Points in order, with a break where samples are missing. */
export function chartPoints({ points }: KpiSeries): ChartPoint[] {
  const times = points.map(({ timestamp }) => Date.parse(timestamp));
  const distances = times.slice(1).map((time, index) => time - (times[index] ?? time));
  const usual = distances.toSorted((left, right) => left - right)[distances.length >> 1] ?? 0;
  return points.flatMap((point, index) => {
    const at = times[index] ?? 0;
    const before = times[index - 1];
    const one = {
      at,
      value: point.value,
      baseline: point.baseline ?? null,
      anomaly: point.anomaly === true ? point.value : null,
    };
    const isGap = before !== undefined && usual > 0 && at - before > gapDistances * usual;
    return isGap ? [{ at: before + usual, value: null, baseline: null, anomaly: null }, one] : [one];
  });
}

/** A number of a KPI, short. */
export function formatKpi(value: number): string {
  const size = Math.abs(value);
  return value.toLocaleString('en-GB', { maximumFractionDigits: size >= 100 ? 0 : size >= 10 ? 1 : 2 });
}
