import { z } from 'zod';
import { FileFormatError } from '#shared/files/file-format-error.ts';
import type { TopologyFile } from '#shared/files/topology-file.ts';
import { deviceName } from './device-alarms-csv.ts';

const magic = Buffer.from('\x93NUMPY', 'latin1');
const headerSchema = z.object({
  descr: z.literal('<i8'),
  order: z.literal('False'),
  rows: z.coerce.number(),
  columns: z.coerce.number(),
});

/**
 * Reads a square matrix of 64-bit integers (NumPy's .npy format, version 1) as a network: device i connects to device j
 * where the entry is not 0.
 * @throws FileFormatError
 */
export function parseAdjacency(bytes: Buffer, fileName: string): TopologyFile {
  const fail = (problem: string) => new FileFormatError(fileName, 1, problem);
  if (bytes.length < 10 || !bytes.subarray(0, 6).equals(magic) || bytes[6] !== 1)
    throw fail('not a .npy file of version 1');
  const start = 10 + bytes.readUInt16LE(8);
  const text = bytes.subarray(10, start).toString('latin1');
  const header = headerSchema.safeParse({
    descr: /'descr': '([^']+)'/.exec(text)?.[1],
    order: /'fortran_order': (\w+)/.exec(text)?.[1],
    rows: /'shape': \((\d+), \d+\)/.exec(text)?.[1],
    columns: /'shape': \(\d+, (\d+)\)/.exec(text)?.[1],
  });
  if (!header.success) throw fail('must hold a two-dimensional matrix of little-endian 64-bit integers');
  const { rows: size, columns } = header.data;
  if (size !== columns) throw fail(`must be square, but is ${size} by ${columns}`);
  if (bytes.length !== start + size * size * 8) throw fail(`ends too early or too late for ${size} by ${size} entries`);
  const isConnected = (row: number, column: number) => bytes.readBigInt64LE(start + (row * size + column) * 8) !== 0n;

  const indexes = Array.from({ length: size }, (_, index) => index);
  return {
    entities: indexes.map((index) => ({ id: deviceName(index), entity_type: 'DEVICE', name: deviceName(index) })),
    links: indexes.flatMap((row) =>
      indexes
        .filter((column) => column > row && (isConnected(row, column) || isConnected(column, row)))
        .map((column) => ({ from: deviceName(row), to: deviceName(column), kind: 'connects' as const })),
    ),
  };
}
