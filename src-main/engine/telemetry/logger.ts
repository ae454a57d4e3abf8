import { pino } from 'pino';
import type { TraceContext } from './trace-context.ts';

/** Takes one JSON line without its line feed. */
export type LogSink = (line: string) => void;

export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent';

/** What a log line is about; ids that are not known are left out of the call and written as null. */
export interface LogFields {
  readonly event_id?: string;
  readonly [field: string]: unknown;
}

/** What is logged of a request that was answered. */
export interface RequestFields {
  readonly event_id: string;
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly duration_ms: number;
}

/** A logger of one module. Every line is JSON with timestamp, level, message, service, module, function and the trace ids. */
export interface Logger {
  debug(functionName: string, message: string, fields?: LogFields): void;
  info(functionName: string, message: string, fields?: LogFields): void;
  warn(functionName: string, message: string, fields?: LogFields): void;
  error(functionName: string, message: string, fields?: LogFields): void;
  /** One answered request, at the level info. Written without the ways that other lines go: there are thousands a second. */
  request(trace: TraceContext, fields: RequestFields): void;
  /** The same logger for another module. */
  child(module: string): Logger;
  /** The same logger with the ids of one request. */
  withTrace(trace: TraceContext): Logger;
}

/** Makes the logger of a process or thread. Nothing else in the engine writes to a stream. */
export function createLogger(sink: LogSink, level: LogLevel, clock: () => number): Logger {
  const root = pino(
    {
      level,
      base: { service: 'pedkai' },
      messageKey: 'message',
      timestamp: () => `,"timestamp":"${new Date(clock()).toISOString()}"`,
      formatters: { level: (label) => ({ level: label }) },
    },
    { write: (line: string) => sink(line.trimEnd()) },
  );
  const wrap = (module: string, trace: TraceContext | null): Logger => {
    const write =
      (atLevel: 'debug' | 'info' | 'warn' | 'error') => (functionName: string, message: string, fields?: LogFields) =>
        root[atLevel](
          {
            module,
            function: functionName,
            correlation_id: trace?.correlationId ?? null,
            event_id: null,
            trace_id: trace?.traceId ?? null,
            span_id: trace?.spanId ?? null,
            ...fields,
          },
          message,
        );
    return {
      debug: write('debug'),
      info: write('info'),
      warn: write('warn'),
      error: write('error'),
      request: (of, fields) => {
        if (root.isLevelEnabled('info')) sink(requestLine(module, clock(), of, fields));
      },
      child: (name) => wrap(name, trace),
      withTrace: (next) => wrap(module, next),
    };
  };
  return wrap('engine', null);
}

/** The line that `info` would write, put together by hand. Only what a caller chose needs to be escaped. */
function requestLine(module: string, at: number, trace: TraceContext, fields: RequestFields): string {
  const { event_id, method, path, status, duration_ms } = fields;
  return `{"level":"info","timestamp":"${new Date(at).toISOString()}","service":"pedkai","module":"${module}","function":"request","correlation_id":${JSON.stringify(trace.correlationId)},"event_id":"${event_id}","trace_id":"${trace.traceId}","span_id":"${trace.spanId}","method":${JSON.stringify(method)},"path":${JSON.stringify(path)},"status":${status},"duration_ms":${duration_ms},"message":"Request answered."}`;
}

/** The fields with which an unknown error is logged. */
export function errorFields(error: unknown): LogFields {
  return error instanceof Error
    ? { error_name: error.name, error_message: error.message, stack: error.stack ?? null }
    : { error_message: String(error) };
}
