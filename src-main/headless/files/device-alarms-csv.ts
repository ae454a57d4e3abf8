import { CsvError, parse } from 'csv-parse/sync';
import { z } from 'zod';
import type { FileAlarm } from '#shared/files/alarms-file.ts';
import { describeIssue, FileFormatError } from '#shared/files/file-format-error.ts';
import { toTimestamp } from '#shared/vocabulary/time.ts';

/** Some 3,000 years: beyond that a time could not be written with a year of four digits. */
const secondsMax = 100_000_000_000;
const secondsSchema = z
  .string()
  .regex(/^\d+(\.\d+)?$/, 'must be a number of seconds')
  .transform(Number)
  .pipe(z.number().max(secondsMax));

/** One row: the alarm's type and device are numbers; times are seconds from an arbitrary zero. */
const rowSchema = z
  .object({
    alarm_id: z.string().regex(/^\d+$/, 'must be a whole number'),
    device_id: z.string().regex(/^\d+$/, 'must be a whole number'),
    start_timestamp: secondsSchema,
    end_timestamp: secondsSchema,
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
  return recordsOf(text, fileName).map(({ record, info }, index) => {
    const parsed = rowSchema.safeParse(record);
    if (!parsed.success) throw new FileFormatError(fileName, info.lines, describeIssue(parsed.error));
    return {
      alarm_id: String(index + 1),
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

/** `lines`: how many lines were read when the record ended. */
const infoSchema = z.object({ lines: z.int() });
const recordsSchema = z.array(z.object({ record: z.unknown(), info: infoSchema }));

function recordsOf(text: string, fileName: string): z.infer<typeof recordsSchema> {
  try {
    return recordsSchema.parse(parse(text, { columns: true, skip_empty_lines: true, trim: true, info: true }));
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const told = infoSchema.safeParse(error);
    throw new FileFormatError(fileName, told.success ? told.data.lines : 1, error.message);
  }
}
