import type { AlarmRatePoint } from '#shared/api/scorecard.ts';

/** One column of the chart: the highest ten minutes of one or several intervals. */
export interface RateColumn {
  /** Milliseconds since the epoch. */
  readonly from: number;
  readonly raised: number;
  /** How many intervals of ten minutes it stands for. */
  readonly intervals: number;
}

/** At most `limit` columns: neighbours are joined by their highest, so that no flood disappears. */
export function rateColumns(points: readonly AlarmRatePoint[], limit: number): readonly RateColumn[] {
  const size = Math.max(1, Math.ceil(points.length / limit));
  const columns: RateColumn[] = [];
  for (let start = 0; start < points.length; start += size) {
    const group = points.slice(start, start + size);
    const first = group[0];
    if (first === undefined) continue;
    columns.push({
      from: Date.parse(first.at),
      raised: Math.max(...group.map((point) => point.raised)),
      intervals: group.length,
    });
  }
  return columns;
}
