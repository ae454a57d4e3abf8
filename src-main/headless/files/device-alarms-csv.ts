import { CsvError, parse } from 'csv-parse/sync';
import { z } from 'zod';
import type { FileAlarm } from '#shared/files/alarms-file.ts';
import { describeIssue, FileFormatError } from '#shared/files/file-format-error.ts';
import { toTimestamp } from '#shared/vocabulary/time.ts';

/** One row: the alarm's type and device are numbers; times are seconds from an arbitrary zero. */
const rowSchema = z
  .object({
    alarm_id: z.string().regex(/^\d+$/, 'must be a whole number'),
    device_id: z.string().regex(/^\d+$/, 'must be a whole number'),
    start_timestamp: z.coerce.number().nonnegative(),
    end_timestamp: z.coerce.number().nonnegative(),
  })
  .refine((row) => row.end_timestamp >= row.start_timestamp, {
    path: ['end_timestamp'],
    message: 'must not be before start_timestamp',
  });

/** The name of a device in the alarms and in the topology made of its adjacency matrix. */
export function deviceName(index: number | string): string {
  return `device-${index}`;
}

/**
 * Reads the CSV layout `alarm_id,device_id,start_timestamp,end_timestamp` of published alarm recordings. It tells no
 * severity, so the alarms are indeterminate (X.733 §8.1.2.3).
 * @throws FileFormatError
 */
export function parseDeviceAlarms(text: string, fileName: string, zero: number): FileAlarm[] {
  let rows: unknown[];
  try {
    rows = parse(text, { columns: true, skip_empty_lines: true, trim: true });
  } catch (error) {
    if (error instanceof CsvError) throw new FileFormatError(fileName, 1, error.message);
    throw error;
  }
  return rows.map((row, index) => {
    const lineNumber = index + 2;
    const parsed = rowSchema.safeParse(row);
    if (!parsed.success) throw new FileFormatError(fileName, lineNumber, describeIssue(parsed.error));
    return {
      alarm_id: String(lineNumber - 1),
      entity_id: deviceName(parsed.data.device_id),
      alarm_type: `type-${parsed.data.alarm_id}`,
      specific_problem: '',
      severity: 'indeterminate',
      raised_at: toTimestamp(zero + parsed.data.start_timestamp * 1_000),
      cleared_at: toTimestamp(zero + parsed.data.end_timestamp * 1_000),
      source_system: 'recording',
      text: '',
    };
  });
}
