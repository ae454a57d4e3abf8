import type { JournalEvent } from '#shared/events/events.ts';
import type { TraceContext } from '../telemetry/trace-context.ts';

/** An event with its place in the journal. */
export interface JournalEntry {
  readonly position: number;
  /** UUIDv7 under which the engine took it in; a consequence has that of its cause with a running number. */
  readonly entryId: string;
  readonly recordedAt: number;
  readonly correlationId: string;
  readonly event: JournalEvent;
}

/** The id of the `number`th event that follows from an input. */
export function consequenceId(causeId: string, number: number): string {
  return `${causeId}.${number}`;
}

/** Whether the entry followed from another one or from a command: then it was applied when it was written. */
export function isConsequence(entry: Pick<JournalEntry, 'entryId'>): boolean {
  return entry.entryId.includes('.');
}

/** The trace of an event that is worked in long after its request. */
export function traceOf(entry: JournalEntry): TraceContext {
  return { traceId: entry.event.trace_id, spanId: '0'.repeat(16), correlationId: entry.correlationId };
}
