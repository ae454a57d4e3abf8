import { setTimeout as wait } from 'node:timers/promises';
import { type BatchOutput, batchOutputSchema } from '#shared/api/alarms.ts';
import { problemSchema } from '#shared/api/errors.ts';
import type { AlarmReport } from '#shared/events/events.ts';
import type { FileAlarm } from '#shared/files/alarms-file.ts';
import { toTimestamp } from '#shared/vocabulary/time.ts';
import { CommandError } from '../command-error.ts';
import { readAlarms } from '../files/read-input.ts';
import { printLine } from '../output.ts';

export interface ReplayOptions {
  readonly url: string;
  readonly token: string;
  /** How many times faster than recorded. */
  readonly speed: number;
  /** Moves all times so that the recording begins now. */
  readonly asNow?: boolean | undefined;
  readonly zero: number;
}

interface Timed {
  readonly at: number;
  readonly report: AlarmReport;
}

const tickMilliseconds = 50;
const linesPerRequest = 5_000;

/** Sends a recording to a running engine in its own rhythm: each raise at its time, each clear at its own. */
export async function replay(file: string, options: ReplayOptions): Promise<void> {
  const timed = readAlarms(file, options.zero)
    .flatMap(reportsOf)
    .sort((left, right) => left.at - right.at);
  const first = timed[0];
  const counts = { sent: 0, accepted: 0, duplicate: 0, rejected: 0 };
  if (first !== undefined) {
    const startedAt = Date.now();
    const shift = options.asNow === true ? startedAt - first.at : 0;
    let next = 0;
    while (next < timed.length) {
      const due = first.at + (Date.now() - startedAt) * options.speed;
      const lines: string[] = [];
      for (
        let entry = timed[next];
        entry !== undefined && entry.at <= due && lines.length < linesPerRequest;
        entry = timed[++next]
      )
        lines.push(JSON.stringify(moved(entry.report, shift)));
      if (lines.length === 0) {
        await wait(tickMilliseconds);
        continue;
      }
      const answer = await send(lines, options);
      counts.sent += lines.length;
      counts.accepted += answer.accepted;
      counts.duplicate += answer.duplicate;
      counts.rejected += answer.rejected.length;
    }
  }
  await printLine(JSON.stringify(counts));
}

function reportsOf(alarm: FileAlarm): Timed[] {
  const report = {
    entity_id: alarm.entity_id,
    alarm_type: alarm.alarm_type,
    source_system: alarm.source_system === '' ? 'recording' : alarm.source_system,
    specific_problem: alarm.specific_problem,
    text: alarm.text,
  };
  const raise: Timed = {
    at: Date.parse(alarm.raised_at),
    report: { ...report, severity: alarm.severity, raised_at: alarm.raised_at },
  };
  if (alarm.cleared_at === null || alarm.severity === 'cleared') return [raise];
  return [
    raise,
    { at: Date.parse(alarm.cleared_at), report: { ...report, severity: 'cleared', raised_at: alarm.cleared_at } },
  ];
}

function moved(report: AlarmReport, shift: number): AlarmReport {
  return shift === 0 ? report : { ...report, raised_at: toTimestamp(Date.parse(report.raised_at) + shift) };
}

async function send(lines: readonly string[], { url, token }: ReplayOptions): Promise<BatchOutput> {
  for (;;) {
    let response: Response;
    try {
      response = await fetch(new URL('/api/v1/alarms/ingest/batch', url), {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/x-ndjson' },
        body: lines.join('\n'),
      });
    } catch (error) {
      throw new CommandError(
        1,
        `${url} does not answer: ${error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error)}`,
      );
    }
    const body: unknown = await response.json().catch(() => {
      throw new CommandError(1, `${url} does not answer as Pedkai does.`);
    });
    if (response.status === 202) return batchOutputSchema.parse(body);
    if (response.status !== 503) {
      const problem = problemSchema.safeParse(body);
      throw new CommandError(1, `${url} refused: ${response.status} ${problem.success ? problem.data.detail : ''}`);
    }
    await wait(Number(response.headers.get('retry-after') ?? 1) * 1_000);
  }
}
