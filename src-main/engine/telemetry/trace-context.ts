import { randomUUID } from 'node:crypto';
import { parseTraceParent } from '@opentelemetry/core';

/** What ties log lines, events and responses of one request together. */
export interface TraceContext {
  /** 32 hexadecimal digits (W3C Trace Context §3.2.2.3). */
  readonly traceId: string;
  /** 16 hexadecimal digits (§3.2.2.4): this engine's part of the trace. */
  readonly spanId: string;
  /** The caller's own id of the request, or the trace id. */
  readonly correlationId: string;
}

const correlationIdPattern = /^[\x21-\x7e]{1,128}$/;

/**
 * Continues the caller's trace (`traceparent`, W3C Trace Context level 1) or starts one. A malformed header starts a new
 * trace, as the recommendation asks (§4.3); a malformed correlation id is replaced by the trace id.
 */
export function traceContextFrom(traceparent: string | undefined, correlationId: string | undefined): TraceContext {
  const parent = traceparent === undefined ? null : parseTraceParent(traceparent);
  const traceId = parent?.traceId ?? newTraceId();
  return {
    traceId,
    spanId: newSpanId(),
    correlationId: correlationId !== undefined && correlationIdPattern.test(correlationId) ? correlationId : traceId,
  };
}

// Node draws the random bits of many UUIDs at once, which makes them far cheaper than random bytes one by one.
function newTraceId(): string {
  return randomUUID().replaceAll('-', '');
}

/** From the parts of a UUID that are random throughout. */
function newSpanId(): string {
  const id = randomUUID();
  return id.slice(0, 8) + id.slice(28);
}
