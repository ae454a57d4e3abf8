import type { KpiPoint, KpiResolution, KpiSeries } from '#shared/api/kpi.ts';
import { toTimestamp } from '#shared/vocabulary/time.ts';
import { detectSeries } from '../detection/detect-series.ts';
import type { ReadUnit } from '../store/database.ts';
import { downSample } from './down-sample.ts';
import { findSeries, readSeries } from './kpi-queries.ts';
import type { Bucket, Resolution, Sample } from './sample-blocks.ts';

const resolutionOf: Record<KpiResolution, Resolution> = { raw: 0, '15m': 900_000, '1h': 3_600_000, '1d': 86_400_000 };
/** A baseline is learned from so much before the first point that is asked for … */
const learnedFrom = 28 * 86_400_000;
/** … but from no more samples than this, so that an answer is not long in coming. */
const judgedMax = 20_000;

export interface SeriesQuestion {
  readonly entityId: string;
  readonly metricName: string;
  readonly from: number;
  readonly to: number;
  readonly resolution: KpiResolution;
  readonly maxPoints: number;
  readonly withBaseline: boolean;
}

/** A series as the API gives it; null when nothing is measured under this name. */
export function seriesToWire(unit: ReadUnit, tenantId: string, question: SeriesQuestion): KpiSeries | null {
  const { entityId, metricName, from, to, resolution, maxPoints, withBaseline } = question;
  const seriesId = findSeries(unit, tenantId, entityId, metricName);
  if (seriesId === null) return null;
  const part = readSeries(unit, seriesId, from, to, resolutionOf[resolution]);
  const samples =
    withBaseline && resolution === 'raw'
      ? judged(unit, seriesId, from, to)
      : part.samples.map(({ time, value }) => ({ timestamp: toTimestamp(time), value }));
  const points = [...part.buckets.map(bucketToWire), ...samples].sort((left, right) =>
    left.timestamp < right.timestamp ? -1 : 1,
  );
  return {
    entity_id: entityId,
    metric_name: metricName,
    resolution,
    total_points: points.length,
    points: downSample(points, maxPoints),
  };
}

function bucketToWire({ start, min, max, sum, count }: Bucket): KpiPoint {
  return { timestamp: toTimestamp(start), value: sum / count, min, max, count };
}

/** Samples with what was expected of them. */
function judged(unit: ReadUnit, seriesId: number, from: number, to: number): KpiPoint[] {
  const all: readonly Sample[] = readSeries(unit, seriesId, from - learnedFrom, to, 0).samples;
  const samples = all.slice(-judgedMax).map(({ time, value }) => ({ timestamp: toTimestamp(time), time, value }));
  const first = toTimestamp(from);
  const points: KpiPoint[] = [];
  for (const line of detectSeries(samples)) {
    if (line.timestamp < first || line.value === null) continue;
    points.push({
      timestamp: line.timestamp,
      value: line.value,
      anomaly: line.anomaly,
      ...(line.baseline === null ? {} : { baseline: line.baseline }),
    });
  }
  return points;
}
