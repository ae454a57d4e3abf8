import type { StreamItem } from '#shared/api/console.ts';

/** How far a console has followed the stream. */
export interface StreamCursor {
  /** The last sequence that was applied; null before the first. */
  readonly sequence: number | null;
  /** A snapshot is coming in: until it is complete there is nothing to resume from. */
  readonly inSnapshot: boolean;
  /** Everything up to `sequence` is here: the snapshot or the missed changes are complete. */
  readonly synchronized: boolean;
}

export const startOfStream: StreamCursor = { sequence: null, inSnapshot: false, synchronized: false };

/** What to do with an item: apply it, or skip it because it was applied before. */
export interface CursorStep {
  readonly cursor: StreamCursor;
  readonly apply: boolean;
}

/**
 * Moves the cursor over one item. Changes older than what was applied are skipped, so that a resumed stream that
 * starts too early puts nothing back; changes of the same sequence are applied, since one commit may come in parts.
 */
export function advance(cursor: StreamCursor, item: StreamItem): CursorStep {
  switch (item.kind) {
    case 'reset':
      return { cursor: { sequence: item.sequence, inSnapshot: true, synchronized: false }, apply: true };
    case 'changes': {
      const isOld = !cursor.inSnapshot && cursor.sequence !== null && item.sequence < cursor.sequence;
      if (isOld) return { cursor, apply: false };
      return { cursor: { ...cursor, sequence: item.sequence }, apply: true };
    }
    case 'synchronized':
      return { cursor: { sequence: item.sequence, inSnapshot: false, synchronized: true }, apply: true };
    case 'pulse':
      return { cursor, apply: true };
  }
}

/** Where the next stream starts: after the last sequence, or from the beginning when a snapshot was cut off. */
export function resumeInput(cursor: StreamCursor): { after_sequence?: number } {
  return cursor.sequence === null || cursor.inSnapshot ? {} : { after_sequence: cursor.sequence };
}

/** The cursor after a loss: synchronized no longer, and at the beginning again when a snapshot was cut off. */
export function afterLoss(cursor: StreamCursor): StreamCursor {
  return cursor.inSnapshot ? startOfStream : { ...cursor, synchronized: false };
}
