import { setImmediate as nextTurn } from 'node:timers/promises';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { BatchOutput } from '#shared/api/alarms.ts';
import type { FieldError } from '#shared/api/errors.ts';
import { alarmReportSchema } from '#shared/events/events.ts';
import { describeFields } from '../api/base.ts';
import type { CoreInput, CoreResult, ReportInput } from '../core/inputs.ts';
import { type Intake, QueueFullError } from '../core/intake.ts';
import { unavailableFrom } from '../core/unavailable.ts';
import { sendProblem } from './problems.ts';

const alarmBytesMax = 1_048_576;
const batchBytesMax = 16 * 1_048_576;
const batchLinesMax = 50_000;
/** Lines parsed before others get their turn on this thread. */
const linesPerTurn = 250;

export interface IngestDeps {
  readonly intake: Intake;
  readonly newId: () => string;
}

type Parsed =
  | { readonly ok: true; readonly input: ReportInput }
  | { readonly ok: false; readonly errors: readonly FieldError[] };

/**
 * The addresses that take alarms in: plain routes, because this is the hot path. A 202 is sent after the alarm is on
 * disk. What is refused is counted in the ledger.
 */
export function addIngestRoutes(app: FastifyInstance, { intake, newId }: IngestDeps): void {
  /** The tenant, when the caller may report alarms; otherwise the refusal is sent. */
  const writer = (request: FastifyRequest, reply: FastifyReply): string | null => {
    const { caller } = request;
    if (caller === null || !caller.scopes.has('ALARM_WRITE'))
      sendProblem(request, reply, 'FORBIDDEN', 'This needs the scope ALARM_WRITE.');
    else if (caller.tenantId === null) sendProblem(request, reply, 'CONFLICT', 'There is no tenant yet.');
    else return caller.tenantId;
    return null;
  };

  const countRejected = (request: FastifyRequest, count: number): Promise<unknown> => {
    const tenantId = request.caller?.scopes.has('ALARM_WRITE') ? request.caller.tenantId : null;
    if (tenantId === null || count === 0) return Promise.resolve();
    const input: CoreInput = { kind: 'rejections', entryId: request.requestId, tenantId, count };
    return intake.submitAll([input]);
  };

  const sendUnavailable = (request: FastifyRequest, reply: FastifyReply, error: unknown) => {
    const unavailable = unavailableFrom(error);
    if (unavailable === null) throw error;
    return sendProblem(request, reply, 'SERVICE_UNAVAILABLE', unavailable.message, {
      retry_after_seconds: unavailable.retryAfterSeconds,
    });
  };

  const parse = (body: unknown, tenantId: string, entryId: string, request: FastifyRequest): Parsed => {
    const parsed = alarmReportSchema.safeParse(body);
    if (parsed.success)
      return { ok: true, input: { kind: 'report', entryId, tenantId, report: parsed.data, trace: request.trace } };
    return {
      ok: false,
      errors: parsed.error.issues.map((issue) => ({ field: issue.path.join('.'), message: issue.message })),
    };
  };

  app.register(async (alarms) => {
    alarms.removeAllContentTypeParsers();
    alarms.addContentTypeParser(
      'application/json',
      { parseAs: 'string', bodyLimit: alarmBytesMax },
      (_request, body, done) => {
        try {
          done(null, JSON.parse(String(body)));
        } catch (error) {
          done(
            Object.assign(new Error(`The body is not JSON: ${error instanceof Error ? error.message : ''}`), {
              statusCode: 400,
              code: 'NOT_JSON',
            }),
          );
        }
      },
    );
    alarms.addHook('onError', async (request) => {
      await countRejected(request, 1);
    });
    alarms.post('/api/v1/alarms/ingest', async (request, reply) => {
      const tenantId = writer(request, reply);
      if (tenantId === null) return reply;
      const parsed = parse(request.body, tenantId, request.requestId, request);
      if (!parsed.ok) {
        await countRejected(request, 1);
        return sendProblem(request, reply, 'UNPROCESSABLE_CONTENT', describeFields(parsed.errors), {
          errors: parsed.errors,
        });
      }
      let result: CoreResult;
      try {
        result = await intake.submit(parsed.input);
      } catch (error) {
        return sendUnavailable(request, reply, error);
      }
      if (result.kind !== 'accepted' && result.kind !== 'duplicate')
        throw new Error(`The core answered ${result.kind} to a report.`);
      reply.raw.setHeader('X-Event-ID', encodeURIComponent(result.eventId.toWellFormed()));
      return reply.code(202).send({ event_id: result.eventId, tenant_id: tenantId, status: result.kind });
    });
  });

  app.register(async (batches) => {
    batches.removeAllContentTypeParsers();
    batches.addContentTypeParser(
      'application/x-ndjson',
      { parseAs: 'string', bodyLimit: batchBytesMax },
      (_request, body, done) => {
        done(null, body);
      },
    );
    batches.post('/api/v1/alarms/ingest/batch', async (request, reply) => {
      const tenantId = writer(request, reply);
      if (tenantId === null) return reply;
      if (!intake.hasRoom()) return sendUnavailable(request, reply, new QueueFullError());
      const lines = String(request.body ?? '').split('\n');
      if (lines.at(-1)?.trim() === '') lines.pop();
      if (lines.length > batchLinesMax)
        return sendProblem(
          request,
          reply,
          'PAYLOAD_TOO_LARGE',
          `The batch has ${lines.length} lines; at most ${batchLinesMax} are taken at once.`,
        );
      try {
        return reply.code(202).send(await takeBatch(lines, tenantId, request));
      } catch (error) {
        return sendUnavailable(request, reply, error);
      }
    });
  });

  const takeBatch = async (
    lines: readonly string[],
    tenantId: string,
    request: FastifyRequest,
  ): Promise<BatchOutput> => {
    const rejected: BatchOutput['rejected'] = [];
    const submitted: Promise<CoreResult[]>[] = [];
    for (let start = 0; start < lines.length; start += linesPerTurn) {
      const inputs: ReportInput[] = [];
      lines.slice(start, start + linesPerTurn).forEach((line, offset) => {
        if (line.trim() === '') return;
        const parsed = parseLine(line, tenantId, request);
        if (typeof parsed !== 'string' && parsed.ok) inputs.push(parsed.input);
        else
          rejected.push({
            line: start + offset + 1,
            code: typeof parsed === 'string' ? 'BAD_REQUEST' : 'UNPROCESSABLE_CONTENT',
            message: typeof parsed === 'string' ? parsed : describeFields(parsed.errors),
          });
      });
      const written = intake.submitAll(inputs);
      // It may fail while the rest is still being parsed, before anybody listens.
      written.catch(() => undefined);
      submitted.push(written);
      await nextTurn();
    }
    submitted.push(countRejected(request, rejected.length).then(() => []));
    const results = (await Promise.all(submitted)).flat();
    const duplicate = results.filter((result) => result.kind === 'duplicate').length;
    return { accepted: results.length - duplicate, duplicate, rejected };
  };

  const parseLine = (line: string, tenantId: string, request: FastifyRequest): Parsed | string => {
    if (line.length > alarmBytesMax) return 'The line is longer than 1 MiB.';
    let body: unknown;
    try {
      body = JSON.parse(line);
    } catch (error) {
      return `The line is not JSON: ${error instanceof Error ? error.message : ''}`;
    }
    return parse(body, tenantId, newId(), request);
  };
}
