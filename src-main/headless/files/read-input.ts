import { readFileSync } from 'node:fs';
import path from 'node:path';
import { type FileAlarm, parseAlarmsFile } from '#shared/files/alarms-file.ts';
import { FileFormatError } from '#shared/files/file-format-error.ts';
import { parseTopologyFile, type TopologyFile } from '#shared/files/topology-file.ts';
import { CommandError } from '../command-error.ts';
import { parseAdjacency } from './adjacency-npy.ts';
import { parseDeviceAlarms } from './device-alarms-csv.ts';

/** A file's content; a file that cannot be read is wrong usage. */
export function readBytes(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    throw new CommandError(2, `${file}: cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** What reading gives; a file that does not follow its format is a bad input file. */
export function orCommandError<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof FileFormatError) throw new CommandError(2, error.message);
    throw error;
  }
}

/** Recorded alarms: ALARMS.jsonl, or the CSV layout alarm_id,device_id,start_timestamp,end_timestamp. `zero` is the CSV's second 0, ms. */
export function readAlarms(file: string, zero: number): FileAlarm[] {
  const text = readBytes(file).toString('utf8');
  const isCsv = path.extname(file).toLowerCase() === '.csv';
  return orCommandError(() => (isCsv ? parseDeviceAlarms(text, file, zero) : parseAlarmsFile(text, file)));
}

/** A topology: TOPOLOGY.json, or a square adjacency matrix of devices in NumPy's .npy format. */
export function readTopologyInput(file: string): TopologyFile {
  const bytes = readBytes(file);
  const isMatrix = path.extname(file).toLowerCase() === '.npy';
  return orCommandError(() =>
    isMatrix ? parseAdjacency(bytes, file) : parseTopologyFile(bytes.toString('utf8'), file),
  );
}
