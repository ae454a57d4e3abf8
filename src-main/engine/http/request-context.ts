import type { FastifyInstance } from 'fastify';
import { sessionHeader, tenantHeader } from '#shared/api/contract.ts';
import type { Authenticator } from '../access/authenticator.ts';
import type { Caller } from '../access/caller.ts';
import { errorFields, type Logger } from '../telemetry/logger.ts';
import { type TraceContext, traceContextFrom } from '../telemetry/trace-context.ts';
import { httpLayerError, sendProblem } from './problems.ts';
import type { createRequestGuard } from './request-guard.ts';
import type { RequestRecord } from './request-record.ts';

declare module 'fastify' {
  interface FastifyRequest {
    trace: TraceContext;
    /** The id of this request, and of the event that it leads to. */
    requestId: string;
    /** Who asks; null on addresses that everybody may read. */
    caller: Caller | null;
  }
  interface FastifyContextConfig {
    /** Everybody may read it: health, the console's own files. */
    open?: boolean;
  }
}

export interface RequestContextDeps {
  readonly authenticator: Authenticator;
  readonly guard: ReturnType<typeof createRequestGuard>;
  readonly record: RequestRecord;
  readonly newId: () => string;
  readonly logger: Logger;
}

const one = (header: string | string[] | undefined) => (Array.isArray(header) ? header[0] : header);

/** Gives every request its trace, lets in whom it should, names the trace in every answer, and logs what happened. */
export function addRequestContext(
  app: FastifyInstance,
  { authenticator, guard, record, newId, logger }: RequestContextDeps,
): void {
  app.decorateRequest('trace');
  app.decorateRequest('requestId', '');
  app.decorateRequest('caller', null);

  app.addHook('onRequest', (request, reply, done) => {
    const { headers } = request;
    request.trace = traceContextFrom(one(headers.traceparent), one(headers['x-correlation-id']));
    request.requestId = newId();
    reply.raw.setHeader('X-Trace-Id', request.trace.traceId);
    reply.raw.setHeader('X-Correlation-ID', request.trace.correlationId);
    reply.raw.setHeader('X-Event-ID', request.requestId);
    const verdict = guard(headers.host, headers.origin);
    if (verdict !== null) {
      sendProblem(request, reply, 'FORBIDDEN', verdict);
      return;
    }
    if (request.routeOptions.config.open !== true) {
      const authentication = authenticator.authenticate(
        headers.authorization,
        one(headers[tenantHeader]),
        one(headers[sessionHeader]),
      );
      if (!authentication.ok) {
        sendProblem(request, reply, authentication.denial.code, authentication.denial.message);
        return;
      }
      request.caller = authentication.caller;
    }
    done();
  });

  app.addHook('onResponse', (request, reply, done) => {
    record({
      trace: request.trace,
      requestId: request.requestId,
      method: request.method,
      path: request.url.split('?', 1)[0] ?? '',
      status: reply.statusCode,
      milliseconds: reply.elapsedTime,
    });
    done();
  });

  app.setNotFoundHandler({ preHandler: [] }, (request, reply) => {
    sendProblem(request, reply, 'NOT_FOUND', `There is nothing at ${request.method} ${request.url.split('?', 1)[0]}.`);
  });

  app.setErrorHandler((error, request, reply) => {
    const known = httpLayerError(error);
    if (known !== null) return sendProblem(request, reply, known.code, known.detail);
    logger
      .withTrace(request.trace)
      .error('request', 'A request failed.', { event_id: request.requestId, ...errorFields(error) });
    return sendProblem(
      request,
      reply,
      'INTERNAL_SERVER_ERROR',
      'The engine failed on this request; its log has the trace id.',
    );
  });
}
