import type { Caller } from '../access/caller.ts';
import type { TraceContext } from '../telemetry/trace-context.ts';
import type { ReadBarrier } from './read-barrier.ts';

/** What every procedure is called with. A type alias, since oRPC asks for a plain record. */
export type ApiContext = {
  readonly caller: Caller;
  readonly trace: TraceContext;
  /** The event that a mutating request leads to; also its `X-Event-ID`. */
  readonly requestId: string;
  /** To be passed before reading, so that the caller sees what it was told is stored. */
  readonly barrier: ReadBarrier;
};
