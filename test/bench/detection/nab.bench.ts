import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { detectSeries } from '#engine/detection/detect-series.ts';
import { parseSeriesFile, type SeriesRow } from '#shared/files/series-file.ts';
import type { BenchReport } from '#test/bench/runner/report.ts';
import { type ScoredSeries, scoreAtBest, scoreAtThreshold } from './nab-scorer.ts';

const folder = '/work/shared/data/nab-part';
const windowsSchema = z.record(z.string(), z.array(z.tuple([z.string(), z.string()])));

export const name = 'anomalies in the series of the Numenta Anomaly Benchmark, standard profile';

/** The threshold from which `pedkai detect` itself begins an anomaly. */
const ownThreshold = 0.5;

export function run(report: BenchReport): void {
  const labels = join(process.env['PEDKAI_NAB'] ?? folder, 'labels', 'combined_windows.json');
  if (!existsSync(labels)) {
    report.skip(`no series in ${folder}`);
    return;
  }
  const windows = windowsSchema.parse(JSON.parse(readFileSync(labels, 'utf8')));
  const files = Object.entries(windows).map(([file, of]) => {
    const path = join(process.env['PEDKAI_NAB'] ?? folder, file);
    return { file, of, rows: [...parseSeriesFile(readFileSync(path, 'utf8'), path)] };
  });
  const started = process.cpuUsage().user;
  const series: ScoredSeries[] = files.map(({ file, of, rows }) => ({
    name: file,
    timestamps: rows.map(({ timestamp }) => timestamp),
    windows: of,
    scores: Array.from(detectSeries(rows), ({ score }) => score),
  }));
  const seconds = (process.cpuUsage().user - started) / 1e6;
  const samples = files.reduce((sum, { rows }) => sum + rows.length, 0);
  const best = scoreAtBest(series);
  const own = scoreAtThreshold(series, ownThreshold);
  const trailing = scoreAtBest(files.map(({ file, of, rows }) => trailingDay(file, of, rows)));
  report.table({
    title: `${files.length} series, ${samples} samples, ${best.windows} anomaly windows`,
    columns: ['', 'score', 'threshold', 'windows found', 'false rows'],
    rows: [
      ['one threshold, the best over all series', best.score, best.threshold, best.windowsFound, best.falsePositives],
      ["the detector's own threshold", own.score, own.threshold, own.windowsFound, own.falsePositives],
      [
        'z-score over the trailing 24 h',
        trailing.score,
        trailing.threshold,
        trailing.windowsFound,
        trailing.falsePositives,
      ],
    ],
  });
  report.figure({
    name: 'NAB score, standard profile',
    value: best.score,
    unit: 'of 100',
    at_least: 60,
    yardstick: { name: 'trailing 24 h', value: trailing.score },
  });
  report.figure({
    name: 'detection, one core',
    value: samples / seconds,
    unit: 'samples/s',
    at_least: 50_000,
  });
}

/** The yardstick: how far a value is from the mean of the last 24 hours, in standard deviations. */
function trailingDay(file: string, windows: ScoredSeries['windows'], rows: readonly SeriesRow[]): ScoredSeries {
  let first = 0;
  let sum = 0;
  let squares = 0;
  const scores = rows.map(({ time, value }, index) => {
    for (
      let old = rows[first];
      old !== undefined && first < index && old.time < time - 86_400_000;
      old = rows[++first]
    ) {
      sum -= old.value ?? 0;
      squares -= (old.value ?? 0) ** 2;
    }
    const count = index - first;
    const mean = count === 0 ? 0 : sum / count;
    const deviation = count < 10 ? 0 : Math.sqrt(Math.max(0, squares / count - mean * mean));
    const score = deviation === 0 || value === null ? 0 : Math.abs(value - mean) / deviation;
    sum += value ?? 0;
    squares += (value ?? 0) ** 2;
    return score;
  });
  return { name: file, timestamps: rows.map(({ timestamp }) => timestamp), windows, scores };
}
