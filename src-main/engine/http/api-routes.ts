import { OpenAPIGenerator } from '@orpc/openapi';
import { OpenAPIHandler } from '@orpc/openapi/fastify';
import { ORPCError, onError } from '@orpc/server';
import { RPCHandler } from '@orpc/server/fastify';
import { ZodToJsonSchemaConverter } from '@orpc/zod/zod4';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { publicContract } from '#shared/api/contract.ts';
import { errorStatuses } from '#shared/api/errors.ts';
import type { ApiContext } from '../api/api-context.ts';
import type { ReadBarrier } from '../api/read-barrier.ts';
import type { createRouter } from '../api/router.ts';
import { errorFields, type Logger } from '../telemetry/logger.ts';
import { problemHeaders, problemOf, sendProblem } from './problems.ts';

/** A topology of 100,000 entities fits. */
const apiBytesMax = 64 * 1_048_576;

const errorBodySchema = z.object({
  code: z.string(),
  status: z.number(),
  message: z.string(),
  data: z.unknown().optional(),
});

export interface ApiRoutesDeps {
  readonly router: ReturnType<typeof createRouter>;
  readonly version: string;
  readonly logger: Logger;
  readonly barrier: ReadBarrier;
}

/** The API over HTTP: REST under `/api/v1` for everybody, RPC under `/rpc` for the console. One implementation behind both. */
export function addApiRoutes(app: FastifyInstance, { router, version, logger, barrier }: ApiRoutesDeps): void {
  const logUnexpected = (error: unknown) => {
    if (!(error instanceof ORPCError) || error.status >= 500)
      logger.error('api', 'A procedure failed.', errorFields(error));
  };
  const rest = new OpenAPIHandler(router.published, { interceptors: [onError(logUnexpected)] });
  const rpc = new RPCHandler(router.whole, {
    interceptors: [onError(logUnexpected)],
    strictGetMethodPluginEnabled: true,
  });
  const generator = new OpenAPIGenerator({ schemaConverters: [new ZodToJsonSchemaConverter()] });

  app.register(async (api) => {
    api.removeAllContentTypeParsers();
    api.addContentTypeParser(
      'application/json',
      { parseAs: 'string', bodyLimit: apiBytesMax },
      (_request, body, done) => {
        const text = String(body);
        if (text.trim() === '') return done(null, undefined);
        try {
          done(null, JSON.parse(text));
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

    api.addHook('onSend', async (request, reply, payload) => {
      if (reply.statusCode < 400 || !request.url.startsWith('/api/') || typeof payload !== 'string') return payload;
      const body = errorBodySchema.safeParse(JSON.parse(payload));
      if (!body.success) return payload;
      reply.type('application/problem+json').headers(problemHeaders(reply.statusCode, body.data.data));
      return JSON.stringify(
        problemOf(
          reply.statusCode,
          codeOf(reply.statusCode, body.data.code),
          body.data.message,
          request.trace.traceId,
          body.data.data,
        ),
      );
    });

    api.all('/api/v1/*', async (request, reply) => {
      const { matched } = await rest.handle(request, reply, {
        prefix: '/api/v1',
        context: contextOf(request, barrier),
      });
      if (!matched)
        sendProblem(
          request,
          reply,
          'NOT_FOUND',
          `There is nothing at ${request.method} ${request.url.split('?', 1)[0]}.`,
        );
      return reply;
    });
    api.all('/rpc/*', async (request, reply) => {
      const { matched } = await rpc.handle(request, reply, { prefix: '/rpc', context: contextOf(request, barrier) });
      if (!matched)
        sendProblem(request, reply, 'NOT_FOUND', `There is no procedure at ${request.url.split('?', 1)[0]}.`);
      return reply;
    });

    let document: Promise<object> | null = null;
    const describe = async () => {
      document ??= generator.generate(publicContract, {
        info: { title: 'Pedkai', version },
        servers: [{ url: '/api/v1' }],
        components: { securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } } },
        security: [{ bearer: [] }],
      });
      return document;
    };
    for (const path of ['/openapi.json', '/api/v1/openapi.json']) api.get(path, { config: { open: true } }, describe);
  });
}

function codeOf(status: number, code: string): string {
  return Object.entries(errorStatuses).find(([, known]) => known === status)?.[0] ?? code;
}

function contextOf(request: FastifyRequest, barrier: ReadBarrier): ApiContext {
  if (request.caller === null) throw new Error('A request reached the API without having been authenticated.');
  return { caller: request.caller, trace: request.trace, requestId: request.requestId, barrier };
}
