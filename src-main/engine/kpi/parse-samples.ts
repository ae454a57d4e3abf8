import { nameSchema } from '#shared/vocabulary/identifiers.ts';
import { timestampSchema } from '#shared/vocabulary/time.ts';

/** A sample as it is sent, checked. */
export interface ReceivedSample {
  readonly entityId: string;
  readonly metricName: string;
  /** Milliseconds since the epoch. */
  readonly time: number;
  readonly value: number;
  readonly source: string | null;
}

/** A sample that was not taken: its line or place in the array, from 1. */
export interface RejectedSample {
  readonly line: number;
  readonly code: 'BAD_REQUEST' | 'UNPROCESSABLE_CONTENT';
  readonly message: string;
}

export interface ParsedSamples {
  readonly samples: ReceivedSample[];
  readonly rejected: RejectedSample[];
}

/** A clock may be wrong by a day, not by more. */
const aheadMax = 86_400_000;
const isoInUtc = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,3})?Z$/;

/** Checks samples one by one. Names are checked once each, since they come again and again. */
export function createSampleParser(now: number) {
  const names = new Map<string, boolean>();
  const isName = (text: unknown): text is string => {
    if (typeof text !== 'string') return false;
    let known = names.get(text);
    if (known === undefined) {
      known = nameSchema.safeParse(text).success;
      if (text.length <= 256) names.set(text, known);
    }
    return known;
  };

  /** The sample, or what is wrong with it. */
  const check = (body: unknown): ReceivedSample | string => {
    if (typeof body !== 'object' || body === null || Array.isArray(body)) return 'must be an object';
    const { entity_id, metric_name, timestamp, value, source } = { ...emptySample, ...body };
    if (!isName(entity_id)) return 'entity_id: must be 1 to 256 characters without control characters';
    if (!isName(metric_name)) return 'metric_name: must be 1 to 256 characters without control characters';
    if (typeof value !== 'number' || !Number.isFinite(value)) return 'value: must be a finite number';
    if (source !== undefined && source !== null && !isName(source)) return 'source: must be 1 to 256 characters';
    const time = timeOf(timestamp);
    if (typeof time === 'string') return time;
    if (time > now + aheadMax) return 'timestamp: lies more than a day in the future';
    return { entityId: entity_id, metricName: metric_name, time, value, source: source ?? null };
  };
  return { check };
}

const emptySample: Partial<Record<'entity_id' | 'metric_name' | 'timestamp' | 'value' | 'source', unknown>> = {};

function timeOf(timestamp: unknown): number | string {
  // The usual form needs no more than a look; everything else goes through the schema.
  if (typeof timestamp === 'string' && isoInUtc.test(timestamp)) {
    const time = Date.parse(timestamp);
    if (Number.isFinite(time)) return time;
  }
  const parsed = timestampSchema.safeParse(timestamp);
  return parsed.success ? Date.parse(parsed.data) : `timestamp: ${parsed.error.issues[0]?.message ?? 'is no time'}`;
}

/** A JSON array of samples. Throws SyntaxError when the body is not JSON. */
export function parseSampleArray(body: string, now: number): ParsedSamples {
  const parsed: unknown = JSON.parse(body);
  if (!Array.isArray(parsed)) throw new SyntaxError('must be an array of samples');
  const parser = createSampleParser(now);
  const result: ParsedSamples = { samples: [], rejected: [] };
  parsed.forEach((one: unknown, index) => {
    take(result, index + 1, parser.check(one));
  });
  return result;
}

/** One JSON sample a line; empty lines are skipped. */
export function parseSampleLines(body: string, now: number): ParsedSamples {
  const parser = createSampleParser(now);
  const result: ParsedSamples = { samples: [], rejected: [] };
  body.split('\n').forEach((line, index) => {
    if (line.trim() === '') return;
    let parsed: unknown;
    try {
      parsed = JSON.parse(line);
    } catch (error) {
      const message = `The line is not JSON: ${error instanceof Error ? error.message : ''}`;
      result.rejected.push({ line: index + 1, code: 'BAD_REQUEST', message });
      return;
    }
    take(result, index + 1, parser.check(parsed));
  });
  return result;
}

function take({ samples, rejected }: ParsedSamples, line: number, checked: ReceivedSample | string): void {
  if (typeof checked === 'string') rejected.push({ line, code: 'UNPROCESSABLE_CONTENT', message: checked });
  else samples.push(checked);
}
