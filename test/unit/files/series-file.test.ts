import { describe, expect, it } from 'vitest';
import { parseSeriesFile, parseSeriesTime, parseSeriesValue } from '#shared/files/series-file.ts';

const read = (text: string) => [...parseSeriesFile(text, 'kpi.csv')];

describe('a timestamp,value file', () => {
  it('is read with times in ISO 8601, with a space, and in epoch seconds', () => {
    const expected = Date.UTC(2026, 10, 22, 2, 14, 7);
    for (const time of ['2026-11-22T02:14:07Z', '2026-11-22 02:14:07', '2026-11-22T04:14:07+02:00', '1795313647'])
      expect(read(`timestamp,value\n${time},1.5\n`)).toEqual([{ timestamp: time, time: expected, value: 1.5 }]);
  });

  it('may have gaps, a byte order mark, Windows line ends and further columns', () => {
    const rows = read('\uFEFFtimestamp,cell,value\r\n2026-11-22,a,\r\n2026-11-23,a,-2e3\r\n\r\n');
    expect(rows.map(({ value }) => value)).toEqual([null, -2000]);
  });

  it.each([
    ['time,value\n', 1, 'header'],
    ['timestamp,value\n2026-11-22,1\nyesterday,2\n', 3, 'yesterday'],
    ['timestamp,value\n2026-11-22,NaN\n', 2, 'NaN'],
    ['timestamp,value\n2026-11-22,Infinity\n', 2, 'Infinity'],
    ['timestamp,value\n2026-11-22,1e999\n', 2, '1e999'],
    ['timestamp,value\n2026-11-22,12 MB\n', 2, '12 MB'],
    ['timestamp,value\n2026-11-22\n', 2, 'columns'],
    ['timestamp,value\n2026-02-30,1\n', 2, '2026-02-30'],
    ['', 1, 'header'],
  ])('names file, line and what is wrong: %j', (text, line, problem) => {
    expect(() => read(text)).toThrow(new RegExp(`^kpi\\.csv:${line}: .*${problem}`));
  });

  it('takes nothing else for a time or a value', () => {
    expect(parseSeriesTime('2026-13-01')).toBeNull();
    expect(parseSeriesTime('1e400')).toBeNull();
    expect(parseSeriesTime('99999999999999')).toBeNull();
    expect(parseSeriesValue('0x10')).toBeUndefined();
    expect(parseSeriesValue('')).toBeNull();
  });
});
