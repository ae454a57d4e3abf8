import type { JournalEvent } from '#shared/events/events.ts';

/** An event with its place in the journal. */
export interface JournalEntry {
  readonly position: number;
  /** UUIDv7 under which the engine took it in. */
  readonly entryId: string;
  readonly recordedAt: number;
  readonly event: JournalEvent;
}
