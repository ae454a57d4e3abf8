import type { Caller } from '../access/caller.ts';
import type { TraceContext } from '../telemetry/trace-context.ts';

/** What every procedure is called with. A type alias, since oRPC asks for a plain record. */
export type ApiContext = {
  readonly caller: Caller;
  readonly trace: TraceContext;
  /** The event that a mutating request leads to; also its `X-Event-ID`. */
  readonly requestId: string;
};
