import { Histogram, type Registry } from 'prom-client';
import type { Logger } from '../telemetry/logger.ts';
import type { TraceContext } from '../telemetry/trace-context.ts';

/** What is written down of a request that was answered. */
export interface AnsweredRequest {
  readonly trace: TraceContext;
  readonly requestId: string;
  readonly method: string;
  /** Without its query, which may hold what nobody should read in a log. */
  readonly path: string;
  readonly status: number;
  readonly milliseconds: number;
}

/** Notes every answered request in the log and in the metrics. */
export type RequestRecord = (request: AnsweredRequest) => void;

export function createRequestRecord(logger: Logger, registry: Registry): RequestRecord {
  const durations = new Histogram({
    name: 'pedkai_http_request_duration_seconds',
    help: 'Time from the first byte of a request to the end of its answer.',
    labelNames: ['method', 'status'],
    buckets: [0.001, 0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    registers: [registry],
  });
  const byLabels = new Map<string, ReturnType<typeof durations.labels>>();
  return ({ trace, requestId, method, path, status, milliseconds }) => {
    const labels = `${method} ${status}`;
    let observed = byLabels.get(labels);
    if (observed === undefined) {
      observed = durations.labels(method, String(status));
      byLabels.set(labels, observed);
    }
    observed.observe(milliseconds / 1_000);
    logger.request(trace, {
      method,
      path,
      status,
      duration_ms: Math.round(milliseconds * 1_000) / 1_000,
      event_id: requestId,
    });
  };
}
