import { FileFormatError } from './file-format-error.ts';
import { parseSeriesValue } from './series-file.ts';

/** One row of a KPI csv, as it stands in the file. */
export interface KpiRow {
  /** Its line in the file, from 1. */
  readonly line: number;
  readonly entity_id: string;
  readonly metric_name: string;
  readonly timestamp: string;
  /** null: a gap. */
  readonly value: number | null;
  readonly source: string | null;
}

const required = ['entity_id', 'metric_name', 'timestamp', 'value'] as const;

/**
 * Reads `entity_id,metric_name,timestamp,value[,source]` line by line; the header names the columns, in any order.
 * @throws FileFormatError
 */
export function* parseKpiFile(text: string, fileName: string): Generator<KpiRow> {
  let start = 0;
  let line = 0;
  let columns: ReadonlyMap<string, number> | null = null;
  let width = 0;
  while (start < text.length || line === 0) {
    const found = text.indexOf('\n', start);
    const end = found < 0 ? text.length : found;
    const written = text.slice(start, end).replace(/\r$/, '');
    start = end + 1;
    line++;
    if (columns === null) {
      const names = cells(written.replace(/^\uFEFF/, '')).map((name) => name.toLowerCase());
      columns = new Map(names.map((name, index) => [name, index]));
      width = names.length;
      const missing = required.filter((name) => !names.includes(name));
      if (missing.length > 0)
        throw new FileFormatError(fileName, line, `the header line must name the columns ${missing.join(', ')}`);
      continue;
    }
    if (written.trim() === '') continue;
    const row = cells(written);
    if (row.length !== width)
      throw new FileFormatError(fileName, line, `has ${row.length} columns, the header has ${width}`);
    const of = (name: string): string => row[columns?.get(name) ?? -1] ?? '';
    const value = parseSeriesValue(of('value'));
    if (value === undefined)
      throw new FileFormatError(fileName, line, `value: "${of('value').slice(0, 40)}" is no finite number`);
    const source = of('source');
    yield {
      line,
      entity_id: of('entity_id'),
      metric_name: of('metric_name'),
      timestamp: of('timestamp'),
      value,
      source: source === '' ? null : source,
    };
  }
}

function cells(line: string): string[] {
  return line.split(',').map((cell) => cell.trim().replace(/^"(.*)"$/, '$1'));
}
