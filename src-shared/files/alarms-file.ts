import { z } from 'zod';
import { describeIssue, FileFormatError } from '#shared/files/file-format-error.ts';
import { freeTextSchema, nameSchema } from '#shared/vocabulary/identifiers.ts';
import { reportedSeveritySchema } from '#shared/vocabulary/severity.ts';
import { timestampSchema } from '#shared/vocabulary/time.ts';

/** Optional fields may be missing or null; both mean "not told". */
const optionalText = z.string().max(1024).nullish();

/** One line of ALARMS.jsonl. `severity` "cleared" is a line that only clears. */
export const alarmLineSchema = z
  .object({
    /** Else the line's number, from 1. */
    alarm_id: nameSchema.nullish(),
    entity_id: nameSchema,
    alarm_type: nameSchema,
    severity: reportedSeveritySchema,
    raised_at: timestampSchema,
    cleared_at: timestampSchema.nullish(),
    source_system: nameSchema.nullish(),
    specific_problem: optionalText,
    text: freeTextSchema.nullish(),
  })
  .refine((line) => line.cleared_at == null || Date.parse(line.cleared_at) >= Date.parse(line.raised_at), {
    path: ['cleared_at'],
    message: 'must not be before raised_at',
  });
export type AlarmLine = z.infer<typeof alarmLineSchema>;

/** A line of ALARMS.jsonl with what the format leaves to the reader filled in. */
export interface FileAlarm {
  readonly alarm_id: string;
  readonly entity_id: string;
  readonly alarm_type: string;
  readonly specific_problem: string;
  readonly severity: z.infer<typeof reportedSeveritySchema>;
  readonly raised_at: string;
  readonly cleared_at: string | null;
  readonly source_system: string;
  readonly text: string;
}

/**
 * Reads one line of ALARMS.jsonl; null for a blank line.
 * @param lineNumber from 1; becomes the alarm's id where the line has none
 * @throws FileFormatError
 */
export function parseAlarmLine(text: string, fileName: string, lineNumber: number): FileAlarm | null {
  if (text.trim() === '') return null;
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new FileFormatError(fileName, lineNumber, `not JSON: ${message}`);
  }
  const parsed = alarmLineSchema.safeParse(content);
  if (!parsed.success) throw new FileFormatError(fileName, lineNumber, describeIssue(parsed.error));
  const line = parsed.data;
  return {
    alarm_id: line.alarm_id ?? String(lineNumber),
    entity_id: line.entity_id,
    alarm_type: line.alarm_type,
    specific_problem: line.specific_problem ?? '',
    severity: line.severity,
    raised_at: line.raised_at,
    cleared_at: line.cleared_at ?? null,
    source_system: line.source_system ?? '',
    text: line.text ?? '',
  };
}

/**
 * Reads a whole ALARMS.jsonl, in the order of its lines.
 * @throws FileFormatError naming the first bad line, or the second of two lines with one `alarm_id`
 */
export function parseAlarmsFile(text: string, fileName: string): FileAlarm[] {
  const alarms: FileAlarm[] = [];
  const seen = new Set<string>();
  let lineNumber = 0;
  for (const line of text.split('\n')) {
    lineNumber += 1;
    const alarm = parseAlarmLine(line, fileName, lineNumber);
    if (alarm === null) continue;
    if (seen.has(alarm.alarm_id) && alarm.severity !== 'cleared') {
      throw new FileFormatError(
        fileName,
        lineNumber,
        `alarm_id: "${alarm.alarm_id}" stands on an earlier line already`,
      );
    }
    seen.add(alarm.alarm_id);
    alarms.push(alarm);
  }
  return alarms;
}
