import { FileFormatError } from './file-format-error.ts';

/** One row of a `timestamp,value` file. */
export interface SeriesRow {
  /** As it stands in the file. */
  readonly timestamp: string;
  /** Milliseconds since the epoch. */
  readonly time: number;
  /** null: a gap. */
  readonly value: number | null;
}

const decimal = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
const epochSeconds = /^-?\d+(\.\d+)?$/;
const isoTime =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?)?\s?(Z|[+-]\d{2}:?\d{2})?$/i;
/** Beyond that a time could not be written with a year of four digits. */
const secondsMax = 253_402_300_799;

/** A time: ISO 8601 (without an offset: taken as UTC), `YYYY-MM-DD HH:MM:SS`, or seconds since the epoch; null: none of these. */
export function parseSeriesTime(text: string): number | null {
  if (epochSeconds.test(text)) {
    const seconds = Number(text);
    return Math.abs(seconds) <= secondsMax ? Math.round(seconds * 1000) : null;
  }
  const match = isoTime.exec(text);
  if (match === null) return null;
  const [, year, month, day, hour = '00', minute = '00', second = '00', fraction = '', offset = 'Z'] = match;
  const written = `${year}-${month}-${day}T${hour}:${minute}:${second}.${fraction.slice(0, 3).padEnd(3, '0')}`;
  const time = Date.parse(`${written}Z`);
  // A 30th of February would be moved on to March.
  if (!Number.isFinite(time) || new Date(time).toISOString().slice(0, 10) !== `${year}-${month}-${day}`) return null;
  return time - offsetMilliseconds(offset);
}

function offsetMilliseconds(offset: string): number {
  if (offset.toUpperCase() === 'Z') return 0;
  const sign = offset.startsWith('-') ? -1 : 1;
  const digits = offset.replace(/\D/g, '');
  return sign * (Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2))) * 60_000;
}

/** A value; null: a gap; undefined: neither. Infinities and NaN are no values. */
export function parseSeriesValue(text: string): number | null | undefined {
  if (text === '') return null;
  if (!decimal.test(text)) return undefined;
  const value = Number(text);
  return Number.isFinite(value) ? value : undefined;
}

/**
 * Reads a `timestamp,value` file line by line: a header that names both columns (others may stand beside them), then rows in any
 * order of time. Empty lines are skipped.
 * @throws FileFormatError
 */
export function* parseSeriesFile(text: string, fileName: string): Generator<SeriesRow> {
  const lines = text.split(/\r\n|\n|\r/);
  const header = fields((lines[0] ?? '').replace(/^\uFEFF/, '')).map((name) => name.toLowerCase());
  const timeAt = header.indexOf('timestamp');
  const valueAt = header.indexOf('value');
  if (timeAt < 0 || valueAt < 0)
    throw new FileFormatError(fileName, 1, 'the header line must name the columns timestamp and value');
  for (let index = 1; index < lines.length; index++) {
    const line = lines[index] ?? '';
    if (line.trim() === '') continue;
    const cells = fields(line);
    const number = index + 1;
    if (cells.length !== header.length)
      throw new FileFormatError(fileName, number, `has ${cells.length} columns, the header has ${header.length}`);
    const timestamp = cells[timeAt] ?? '';
    const written = cells[valueAt] ?? '';
    const time = parseSeriesTime(timestamp);
    if (time === null)
      throw new FileFormatError(
        fileName,
        number,
        `timestamp: ${shown(timestamp)} is no time; expected ISO 8601, YYYY-MM-DD HH:MM:SS or epoch seconds`,
      );
    const value = parseSeriesValue(written);
    if (value === undefined)
      throw new FileFormatError(fileName, number, `value: ${shown(written)} is no finite number`);
    yield { timestamp, time, value };
  }
}

function fields(line: string): string[] {
  return line.split(',').map((cell) => cell.trim().replace(/^"(.*)"$/, '$1'));
}

function shown(text: string): string {
  return `"${text.length > 40 ? `${text.slice(0, 40)}…` : text}"`;
}
