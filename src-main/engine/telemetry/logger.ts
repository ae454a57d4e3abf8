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

/** A logger of one module. Every line is JSON with timestamp, level, message, service, module, function and the trace ids. */
export interface Logger {
  debug(functionName: string, message: string, fields?: LogFields): void;
  info(functionName: string, message: string, fields?: LogFields): void;
  warn(functionName: string, message: string, fields?: LogFields): void;
  error(functionName: string, message: string, fields?: LogFields): void;
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
      child: (name) => wrap(name, trace),
      withTrace: (next) => wrap(module, next),
    };
  };
  return wrap('engine', null);
}

/** The fields with which an unknown error is logged. */
export function errorFields(error: unknown): LogFields {
  return error instanceof Error
    ? { error_name: error.name, error_message: error.message, stack: error.stack ?? null }
    : { error_message: String(error) };
}
