import { detectSeries } from '#engine/detection/detect-series.ts';
import { parseSeriesFile } from '#shared/files/series-file.ts';
import { orCommandError, readBytes } from '../files/read-input.ts';
import { printLine } from '../output.ts';

export interface DetectOptions {
  readonly metric?: string | undefined;
}

/** How many lines are written at once. */
const linesTogether = 1000;

/** Prints for every row of a `timestamp,value` file whether its value is an anomaly, judged by the rows before it. */
export async function detectFile(file: string, options: DetectOptions): Promise<void> {
  const rows = orCommandError(() => [...parseSeriesFile(readBytes(file).toString('utf8'), file)]);
  let lines: string[] = [];
  for (const line of detectSeries(rows)) {
    lines.push(JSON.stringify(options.metric === undefined ? line : { metric_name: options.metric, ...line }));
    if (lines.length < linesTogether) continue;
    await printLine(lines.join('\n'));
    lines = [];
  }
  if (lines.length > 0) await printLine(lines.join('\n'));
}
