import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseAdjacency } from '#headless/files/adjacency-npy.ts';
import { parseDeviceAlarms } from '#headless/files/device-alarms-csv.ts';
import { FileFormatError } from '#shared/files/file-format-error.ts';
import { parseTopologyFile } from '#shared/files/topology-file.ts';
import { start } from '#test/support/engine/reports.ts';

const header = 'alarm_id,device_id,start_timestamp,end_timestamp';
const read = (...lines: string[]) => parseDeviceAlarms([header, ...lines, ''].join('\n'), 'Alarm.csv', start);

/** A matrix of 64-bit integers in NumPy's .npy format, version 1, as numpy.save writes it. */
function matrix(rows: readonly (readonly number[])[], fields: { descr?: string; order?: string; shape?: string } = {}) {
  const { descr = '<i8', order = 'False', shape = `${rows.length}, ${rows[0]?.length ?? 0}` } = fields;
  const text = `{'descr': '${descr}', 'fortran_order': ${order}, 'shape': (${shape}), }`;
  const length = Math.ceil((10 + text.length + 1) / 64) * 64 - 10;
  const head = Buffer.alloc(10);
  head.write('\x93NUMPY', 'latin1');
  head.writeUInt8(1, 6);
  head.writeUInt16LE(length, 8);
  const body = Buffer.alloc(rows.flat().length * 8);
  rows.flat().forEach((entry, index) => {
    body.writeBigInt64LE(BigInt(entry), index * 8);
  });
  return Buffer.concat([head, Buffer.from(`${text.padEnd(length - 1)}\n`, 'latin1'), body]);
}

function formatError(parse: () => unknown): FileFormatError {
  try {
    parse();
  } catch (error) {
    if (error instanceof FileFormatError) return error;
    throw error;
  }
  throw new Error('The file was accepted.');
}

describe('a recording of device alarms', () => {
  it('is read in the order of its rows, seconds after the zero', () => {
    expect(read('11,55,0,0', '4,107,246,250.5')).toEqual([
      {
        alarm_id: '1',
        entity_id: 'device-55',
        alarm_type: 'type-11',
        specific_problem: '',
        severity: 'indeterminate',
        raised_at: '2026-03-01T00:00:00.000Z',
        cleared_at: '2026-03-01T00:00:00.000Z',
        source_system: 'recording',
        text: '',
      },
      expect.objectContaining({
        alarm_id: '2',
        entity_id: 'device-107',
        raised_at: '2026-03-01T00:04:06.000Z',
        cleared_at: '2026-03-01T00:04:10.500Z',
      }),
    ]);
  });

  it('may have no rows, and line ends of either kind', () => {
    expect(read()).toEqual([]);
    expect(parseDeviceAlarms(`${header}\r\n1,2,3,4\r\n`, 'Alarm.csv', start)).toHaveLength(1);
  });

  it.each([
    ['a device that is no number', '1,x,0,0', /device_id/],
    ['a missing type', ',5,0,0', /alarm_id/],
    ['a time in words', '1,5,soon,0', /start_timestamp/],
    ['a missing time', '1,5,,0', /start_timestamp/],
    ['a negative time', '1,5,-1,0', /start_timestamp/],
    ['an end before the start', '1,5,10,9', /end_timestamp/],
    ['a time beyond every calendar', '1,5,1e300,1e300', /start_timestamp/],
  ])('is refused with %s, naming the line', (_what, line, expected) => {
    const error = formatError(() => read('1,5,0,0', line));
    expect(error.line).toBe(3);
    expect(error.message).toMatch(expected);
    expect(error.message).toMatch(/^Alarm\.csv:3: [^\n]+$/);
  });

  it('names the line of the file, blank lines counted', () => {
    expect(formatError(() => read('1,5,0,0', '', '1,x,0,0')).line).toBe(4);
  });

  it.each([
    ['too few columns', '1,5'],
    ['too many columns', '1,5,0,0,9'],
    ['a quote that never ends', '"1,5,0,0'],
  ])('is refused with %s, naming the line', (_what, line) => {
    expect(formatError(() => read('1,5,0,0', line)).line).toBe(3);
  });

  it('is refused with another header', () => {
    expect(formatError(() => parseDeviceAlarms('a,b,c\n1,2,3\n', 'Alarm.csv', start)).message).toMatch(/alarm_id/);
  });
});

describe('an adjacency matrix', () => {
  it('becomes devices, and one link for each connected pair', () => {
    const { entities, links } = parseAdjacency(
      matrix([
        [0, 1, 0],
        [0, 0, 0],
        [2, -1, 1],
      ]),
      'T.npy',
    );
    expect(entities.map((entity) => entity.id)).toEqual(['device-0', 'device-1', 'device-2']);
    expect(links).toEqual([
      { from: 'device-0', to: 'device-1', kind: 'connects' },
      { from: 'device-0', to: 'device-2', kind: 'connects' },
      { from: 'device-1', to: 'device-2', kind: 'connects' },
    ]);
  });

  it('gives a topology that the standard format takes, with a link exactly where an entry is not 0', () => {
    const anyMatrix = fc.integer({ min: 0, max: 8 }).chain((size) =>
      fc.array(fc.array(fc.integer({ min: -1, max: 1 }), { minLength: size, maxLength: size }), {
        minLength: size,
        maxLength: size,
      }),
    );
    fc.assert(
      fc.property(anyMatrix, (rows) => {
        const topology = parseAdjacency(matrix(rows, { shape: `${rows.length}, ${rows.length}` }), 'T.npy');
        expect(parseTopologyFile(JSON.stringify(topology), 'T.json')).toEqual(topology);
        const pairs = rows.flatMap((row, from) =>
          row.flatMap((entry, to) => (entry !== 0 && from !== to ? [[from, to].sort((a, b) => a - b).join()] : [])),
        );
        expect(topology.links).toHaveLength(new Set(pairs).size);
      }),
    );
  });

  it.each([
    ['another file', Buffer.from('{"entities":[]}')],
    ['nothing', Buffer.alloc(0)],
    ['a header that ends early', matrix([[0]]).subarray(0, 9)],
    ['another version', Buffer.concat([matrix([[0]]).subarray(0, 6), Buffer.from([2, 0]), matrix([[0]]).subarray(8)])],
    ['other numbers', matrix([[0]], { descr: '<f8' })],
    ['columns first', matrix([[0]], { order: 'True' })],
    ['a vector', matrix([[0, 1]], { shape: '2,' })],
    ['a matrix that is not square', matrix([[0, 1]])],
    [
      'entries missing',
      matrix([
        [0, 1],
        [1, 0],
      ]).subarray(0, -8),
    ],
    ['entries too many', Buffer.concat([matrix([[0]]), Buffer.alloc(8)])],
  ])('is refused when it is %s', (_what, bytes) => {
    expect(formatError(() => parseAdjacency(bytes, 'T.npy')).message).toMatch(/^T\.npy:1: [^\n]+$/);
  });
});
