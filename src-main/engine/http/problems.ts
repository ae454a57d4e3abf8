import { STATUS_CODES } from 'node:http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { type ErrorCode, errorStatuses, fieldErrorSchema, type Problem } from '#shared/api/errors.ts';

const detailsSchema = z.object({
  errors: z.array(fieldErrorSchema).optional(),
  retry_after_seconds: z.number().optional(),
});

/** A problem document of RFC 9457. `about:blank` says that the title is the status's own (§4.2.1). */
export function problemOf(status: number, code: string, detail: string, traceId: string, data: unknown): Problem {
  const details = detailsSchema.safeParse(data);
  return {
    type: 'about:blank',
    title: STATUS_CODES[status] ?? 'Error',
    status,
    detail,
    code,
    trace_id: traceId,
    ...(details.success && details.data.errors !== undefined ? { errors: details.data.errors } : {}),
  };
}

/** Answers with a problem document. */
export function sendProblem(
  request: FastifyRequest,
  reply: FastifyReply,
  code: ErrorCode,
  detail: string,
  data?: unknown,
): FastifyReply {
  const status = errorStatuses[code];
  return reply
    .code(status)
    .headers(problemHeaders(status, data))
    .type('application/problem+json')
    .send(JSON.stringify(problemOf(status, code, detail, request.trace.traceId, data)));
}

/** Headers that go with a status: where to authenticate, when to come back. */
export function problemHeaders(status: number, data: unknown): Record<string, string> {
  const details = detailsSchema.safeParse(data);
  const retryAfter = details.success ? details.data.retry_after_seconds : undefined;
  return {
    ...(status === 401 ? { 'www-authenticate': 'Bearer' } : {}),
    ...(retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) }),
  };
}

/** The code and the words for an error of the HTTP layer itself; null when it is not one. */
export function httpLayerError(error: unknown): { readonly code: ErrorCode; readonly detail: string } | null {
  const parsed = z.object({ statusCode: z.number(), code: z.string(), message: z.string() }).safeParse(error);
  if (!parsed.success) return null;
  switch (parsed.data.code) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return { code: 'PAYLOAD_TOO_LARGE', detail: 'The body is larger than this address accepts.' };
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return { code: 'UNSUPPORTED_MEDIA_TYPE', detail: 'The Content-Type is not one that this address accepts.' };
    default:
      return parsed.data.statusCode >= 400 && parsed.data.statusCode < 500
        ? { code: 'BAD_REQUEST', detail: parsed.data.message }
        : null;
  }
}
