import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ObservedAlarm } from '#engine/correlation/causes/attribute-alarms.ts';
import type { CorrelationTopology } from '#engine/correlation/correlator.ts';

/** Public recordings lie beside the project, where there are any. */
export const sharedData = resolve(fileURLToPath(new URL('../../..', import.meta.url)), '..', 'shared', 'data');

export interface Matrix {
  readonly size: number;
  at(row: number, column: number): number;
}

const headerBytes = 128;

/** A square matrix of 64-bit integers in numpy's format, version 1; the header tells whether it lies row by row or column by column. */
export function readMatrix(file: string): Matrix {
  const bytes = readFileSync(file);
  const byColumn = bytes.toString('latin1', 0, headerBytes).includes("'fortran_order': True");
  const size = Math.round(Math.sqrt((bytes.length - headerBytes) / 8));
  return {
    size,
    at: (row, column) => {
      const position = byColumn ? column * size + row : row * size + column;
      return Number(bytes.readBigInt64LE(headerBytes + 8 * position));
    },
  };
}

export interface RealRecording {
  readonly history: readonly ObservedAlarm[];
  /** [i][j] = 1: type i causes type j, say experts. */
  readonly experts: Matrix;
  readonly topology: CorrelationTopology | null;
}

/** One of the recordings; null where it is not there. */
export function readRealRecording(folder: string): RealRecording | null {
  const base = join(sharedData, folder);
  if (!existsSync(join(base, 'Alarm.csv'))) return null;
  const lines = readFileSync(join(base, 'Alarm.csv'), 'utf8').trim().split('\n').slice(1);
  const history = lines.map((line) => {
    const [alarmType = '', entityId = '', start = ''] = line.split(',');
    return { entityId, alarmType, raisedAt: Number(start) * 1000 };
  });
  const topologyFile = join(base, 'Topology.npy');
  return {
    history,
    experts: readMatrix(join(base, 'DAG.npy')),
    topology: existsSync(topologyFile) ? toTopology(readMatrix(topologyFile)) : null,
  };
}

function toTopology(adjacency: Matrix): CorrelationTopology {
  const links = [];
  for (let row = 0; row < adjacency.size; row++) {
    for (let column = row + 1; column < adjacency.size; column++) {
      if (adjacency.at(row, column) === 1) links.push({ from: String(row), to: String(column), kind: 'connects' });
    }
  }
  return { entities: [], links };
}
