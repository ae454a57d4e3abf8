import type { IncomingMessage, ServerResponse } from 'node:http';
import { sessionHeader, tenantHeader } from '#shared/api/contract.ts';
import { type ErrorCode, errorStatuses } from '#shared/api/errors.ts';
import { alarmReportSchema } from '#shared/events/events.ts';
import type { Authenticator } from '../access/authenticator.ts';
import { describeFields } from '../api/base.ts';
import type { CoreResult } from '../core/inputs.ts';
import type { Intake } from '../core/intake.ts';
import { unavailableFrom } from '../core/unavailable.ts';
import { errorFields, type Logger } from '../telemetry/logger.ts';
import { type TraceContext, traceContextFrom } from '../telemetry/trace-context.ts';
import { problemHeaders, problemOf } from './problems.ts';
import type { createRequestGuard } from './request-guard.ts';
import type { RequestRecord } from './request-record.ts';

export interface HotIngestDeps {
  readonly authenticator: Authenticator;
  readonly guard: ReturnType<typeof createRequestGuard>;
  readonly intake: Intake;
  readonly newId: () => string;
  readonly record: RequestRecord;
  readonly logger: Logger;
  /** Aborted when the engine stops: nothing is taken this way any more. */
  readonly stopping: AbortSignal;
}

/** Answers a request itself, or says that it is not one of those it knows. */
export type HotRoute = (request: IncomingMessage, response: ServerResponse) => boolean;

export const ingestPath = '/api/v1/alarms/ingest';
/** A larger body goes the usual way, which reads it in pieces and knows when it is too large. */
const bodyBytesMax = 65_536;

const one = (header: string | string[] | undefined) => (Array.isArray(header) ? header[0] : header);

interface Request {
  readonly trace: TraceContext;
  readonly requestId: string;
  readonly tenantId: string;
  readonly startedAt: number;
  readonly response: ServerResponse;
}

/**
 * `POST /alarms/ingest` without the web framework, which costs more than the rest of the request: for an ordinary report
 * of somebody who may report. Everything else, all refusals before the body included, is left to the usual route.
 */
export function createHotIngest(deps: HotIngestDeps): HotRoute {
  const { authenticator, guard, intake, newId, record, logger, stopping } = deps;

  const send = (request: Request, status: number, eventId: string, type: string, body: string, more: string[] = []) => {
    const { trace, response, requestId, startedAt } = request;
    // Whoever asked may have gone: there is nobody to answer.
    if (!response.headersSent)
      response
        .writeHead(status, [
          'X-Trace-Id',
          trace.traceId,
          'X-Correlation-ID',
          trace.correlationId,
          'X-Event-ID',
          eventId,
          'content-type',
          type,
          'content-length',
          String(Buffer.byteLength(body)),
          ...more,
        ])
        .end(body);
    const milliseconds = performance.now() - startedAt;
    record({ trace, requestId, method: 'POST', path: ingestPath, status, milliseconds });
  };

  const refuse = (request: Request, code: ErrorCode, detail: string, data?: unknown) => {
    const status = errorStatuses[code];
    const problem = problemOf(status, code, detail, request.trace.traceId, data);
    const more = Object.entries(problemHeaders(status, data)).flat();
    send(request, status, request.requestId, 'application/problem+json', JSON.stringify(problem), more);
  };

  /** The refusal is sent once it is counted in the ledger. */
  const reject = (request: Request, code: ErrorCode, detail: string, data?: unknown) => {
    const { requestId, tenantId } = request;
    intake.submitAll([{ kind: 'rejections', entryId: requestId, tenantId, count: 1 }]).then(
      () => refuse(request, code, detail, data),
      (error: unknown) => fail(request, error),
    );
  };

  const fail = (request: Request, error: unknown) => {
    const unavailable = unavailableFrom(error);
    if (unavailable !== null)
      return refuse(request, 'SERVICE_UNAVAILABLE', unavailable.message, {
        retry_after_seconds: unavailable.retryAfterSeconds,
      });
    logger
      .withTrace(request.trace)
      .error('ingest', 'A request failed.', { event_id: request.requestId, ...errorFields(error) });
    refuse(request, 'INTERNAL_SERVER_ERROR', 'The engine failed on this request; its log has the trace id.');
  };

  const acknowledge = (request: Request, result: CoreResult) => {
    if (result.kind !== 'accepted' && result.kind !== 'duplicate')
      return fail(request, new Error(`The core answered ${result.kind} to a report.`));
    const body = { event_id: result.eventId, tenant_id: request.tenantId, status: result.kind };
    const eventId = encodeURIComponent(result.eventId.toWellFormed());
    send(request, 202, eventId, 'application/json; charset=utf-8', JSON.stringify(body));
  };

  const take = (request: Request, text: string) => {
    let body: unknown;
    try {
      body = JSON.parse(text);
    } catch (error) {
      return reject(request, 'BAD_REQUEST', `The body is not JSON: ${error instanceof Error ? error.message : ''}`);
    }
    const parsed = alarmReportSchema.safeParse(body);
    if (!parsed.success) {
      const errors = parsed.error.issues.map((issue) => ({ field: issue.path.join('.'), message: issue.message }));
      return reject(request, 'UNPROCESSABLE_CONTENT', describeFields(errors), { errors });
    }
    const { requestId: entryId, tenantId, trace } = request;
    intake.offer(
      { kind: 'report', entryId, tenantId, report: parsed.data, trace },
      (result) => acknowledge(request, result),
      (error) => fail(request, error),
    );
  };

  return (incoming, response) => {
    if (incoming.method !== 'POST' || incoming.url !== ingestPath || stopping.aborted) return false;
    const { headers } = incoming;
    const length = Number(headers['content-length']);
    if (headers['content-type'] !== 'application/json' || !(length <= bodyBytesMax) || headers.expect !== undefined)
      return false;
    if (guard(headers.host, headers.origin) !== null) return false;
    if (headers[tenantHeader] !== undefined || headers[sessionHeader] !== undefined) return false;
    const authentication = authenticator.authenticate(headers.authorization, undefined, undefined);
    if (!authentication.ok) return false;
    const { tenantId, scopes } = authentication.caller;
    if (tenantId === null || !scopes.has('ALARM_WRITE')) return false;
    const request: Request = {
      trace: traceContextFrom(one(headers.traceparent), one(headers['x-correlation-id'])),
      requestId: newId(),
      tenantId,
      startedAt: performance.now(),
      response,
    };
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      const [first] = chunks;
      take(request, (chunks.length === 1 && first !== undefined ? first : Buffer.concat(chunks)).toString('utf8'));
    });
    return true;
  };
}
