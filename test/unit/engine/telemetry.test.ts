import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createLogger, errorFields } from '#engine/telemetry/logger.ts';
import { traceContextFrom } from '#engine/telemetry/trace-context.ts';

const traceId = '0af7651916cd43dd8448eb211c80319c';
const parent = `00-${traceId}-b7ad6b7169203331-01`;

describe('the trace context', () => {
  it('continues the caller’s trace with a span of its own', () => {
    const trace = traceContextFrom(parent, undefined);
    expect(trace).toMatchObject({ traceId, correlationId: traceId });
    expect(trace.spanId).toMatch(/^[0-9a-f]{16}$/);
    expect(trace.spanId).not.toBe('b7ad6b7169203331');
  });

  it.each([
    undefined,
    '',
    'nonsense',
    `00-${'0'.repeat(32)}-b7ad6b7169203331-01`,
    `00-${traceId}-${'0'.repeat(16)}-01`,
    `ff-${traceId}-b7ad6b7169203331-01`,
    `00-${traceId.toUpperCase()}-b7ad6b7169203331-01`,
    `00-${traceId}-b7ad6b7169203331`,
    `00-${traceId}-b7ad6b7169203331-01-more`,
  ])('starts a trace of its own when told %s', (header) => {
    const trace = traceContextFrom(header, undefined);
    expect(trace.traceId).toMatch(/^[0-9a-f]{32}$/);
    expect(trace.traceId).not.toBe(traceId);
    expect(trace.correlationId).toBe(trace.traceId);
  });

  it('keeps the caller’s correlation id, whatever printable text it is', () => {
    expect(traceContextFrom(parent, 'ticket/4711').correlationId).toBe('ticket/4711');
  });

  it.each(['', 'two words', 'line\nfeed', 'é', 'x'.repeat(129)])('replaces the correlation id %j', (header) => {
    expect(traceContextFrom(parent, header).correlationId).toBe(traceId);
  });

  it('always answers ids of the right form', () => {
    fc.assert(
      fc.property(fc.option(fc.string()), fc.option(fc.string()), (header, correlation) => {
        const trace = traceContextFrom(header ?? undefined, correlation ?? undefined);
        expect(trace.traceId).toMatch(/^[0-9a-f]{32}$/);
        expect(trace.correlationId).toMatch(/^[\x21-\x7e]{1,128}$/);
      }),
    );
  });
});

/** Every field that a line must have; ids that are not known are null, never left out. */
const lineSchema = z.looseObject({
  timestamp: z.iso.datetime(),
  level: z.enum(['debug', 'info', 'warn', 'error']),
  message: z.string(),
  service: z.literal('pedkai'),
  module: z.string(),
  function: z.string(),
  correlation_id: z.string().nullable(),
  event_id: z.string().nullable(),
  trace_id: z.string().nullable(),
  span_id: z.string().nullable(),
});

function linesOf(level: Parameters<typeof createLogger>[1], write: (logger: ReturnType<typeof createLogger>) => void) {
  const lines: string[] = [];
  write(
    createLogger(
      (line) => lines.push(line),
      level,
      () => Date.UTC(2026, 2, 1),
    ),
  );
  return lines.map((line) => {
    expect(line).not.toContain('\n');
    return lineSchema.parse(JSON.parse(line));
  });
}

describe('a log line', () => {
  it('has every field at every level, with and without a trace', () => {
    const trace = traceContextFrom(parent, 'ticket-1');
    const lines = linesOf('debug', (logger) => {
      logger.debug('first', 'Debug.');
      logger.child('http').info('second', 'Info.');
      logger.child('http').withTrace(trace).warn('third', 'Warn.', { event_id: 'e-1', duration_ms: 1.5, status: 202 });
      logger.withTrace(trace).error('fourth', 'Error.');
    });
    expect(lines[0]).toEqual({
      timestamp: '2026-03-01T00:00:00.000Z',
      level: 'debug',
      message: 'Debug.',
      service: 'pedkai',
      module: 'engine',
      function: 'first',
      correlation_id: null,
      event_id: null,
      trace_id: null,
      span_id: null,
    });
    expect(lines[1]).toMatchObject({ level: 'info', module: 'http', function: 'second' });
    expect(lines[2]).toMatchObject({
      level: 'warn',
      correlation_id: 'ticket-1',
      event_id: 'e-1',
      trace_id: traceId,
      span_id: trace.spanId,
      duration_ms: 1.5,
      status: 202,
    });
    expect(lines[3]).toMatchObject({ level: 'error', correlation_id: 'ticket-1', event_id: null });
  });

  it('is one line, whatever is logged', () => {
    const [line] = linesOf('info', (logger) => logger.info('any', 'Two\nlines.', { text: '"quoted"\r\n\u2028' }));
    expect(line).toMatchObject({ message: 'Two\nlines.', text: '"quoted"\r\n\u2028' });
  });

  it('is left out below the level', () => {
    expect(linesOf('warn', (logger) => logger.info('any', 'Quiet.'))).toEqual([]);
    expect(linesOf('silent', (logger) => logger.error('any', 'Quiet.'))).toEqual([]);
  });

  it('tells an error’s name, message and stack, and anything else that was thrown', () => {
    expect(errorFields(new TypeError('Oh.'))).toMatchObject({ error_name: 'TypeError', error_message: 'Oh.' });
    expect(errorFields(new TypeError('Oh.')).stack).toContain('telemetry.test');
    expect(errorFields('text')).toEqual({ error_message: 'text' });
  });
});
