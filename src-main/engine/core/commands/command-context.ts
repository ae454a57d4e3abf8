import type { NoiseClock } from '../../noise/noise-clock.ts';
import type { CommandInput, CoreResult, Refusal } from '../inputs.ts';
import type { JournalEntry } from '../journal-entry.ts';
import type { WorkingSet } from '../working-set.ts';

/** What a command may use. Commands decide and append events; handlers apply them. */
export interface CommandContext {
  readonly set: WorkingSet;
  readonly input: CommandInput;
  /** Lets the handlers work in what was appended, so that the next decision sees it. */
  apply(entries: readonly JournalEntry[]): void;
  topologyChanged(tenantId: string): void;
  /** Whether a cluster can still be corrected. */
  isLive(tenantId: string, clusterId: string): boolean;
  /** To be told when what correlation goes by was changed. */
  readonly learned: { rulesChanged(tenantId: string): void; causesChanged(tenantId: string): void };
  readonly noise: Pick<NoiseClock, 'tick'> & { windowsChanged(): void };
}

export function done(id: string): CoreResult {
  return { kind: 'done', id, done: [id], refused: [] };
}

export function refused(code: Refusal['code'], message: string): CoreResult {
  return { kind: 'refused', refusal: { code, message } };
}
