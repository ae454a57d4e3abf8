import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type KpiHost, KpiUnavailableError } from '../kpi/kpi-host.ts';
import { sendProblem } from './problems.ts';

const bodyBytesMax = 16 * 1_048_576;
const retryAfterSeconds = 1;

/** Takes samples in: a JSON array, or one JSON sample a line. A 202 is sent when they are on disk. */
export function addKpiRoutes(app: FastifyInstance, { kpi }: { readonly kpi: KpiHost }): void {
  app.register(async (samples) => {
    samples.removeAllContentTypeParsers();
    for (const type of ['application/json', 'application/x-ndjson'])
      samples.addContentTypeParser(type, { parseAs: 'string', bodyLimit: bodyBytesMax }, (_request, body, done) => {
        done(null, body);
      });
    samples.post('/api/v1/kpi/samples', async (request, reply) => {
      const tenantId = writer(request, reply);
      if (tenantId === null) return reply;
      if (!kpi.hasRoom()) return sendUnavailable(request, reply, 'Too many measurements wait to be worked in.');
      const isLines = request.headers['content-type']?.includes('ndjson') === true;
      try {
        const body = { format: isLines ? 'ndjson' : 'json', text: String(request.body ?? '') } as const;
        return reply.code(202).send(await kpi.ingest(tenantId, body));
      } catch (error) {
        if (error instanceof KpiUnavailableError) return sendUnavailable(request, reply, error.message);
        if (error instanceof Error && error.name === 'SyntaxError')
          return sendProblem(request, reply, 'BAD_REQUEST', `The body is no JSON array of samples: ${error.message}`);
        throw error;
      }
    });
  });
}

function writer(request: FastifyRequest, reply: FastifyReply): string | null {
  const { caller } = request;
  if (caller === null || !caller.scopes.has('KPI_WRITE'))
    sendProblem(request, reply, 'FORBIDDEN', 'This needs the scope KPI_WRITE.');
  else if (caller.tenantId === null) sendProblem(request, reply, 'CONFLICT', 'There is no tenant yet.');
  else return caller.tenantId;
  return null;
}

function sendUnavailable(request: FastifyRequest, reply: FastifyReply, detail: string): FastifyReply {
  return sendProblem(request, reply, 'SERVICE_UNAVAILABLE', detail, { retry_after_seconds: retryAfterSeconds });
}
