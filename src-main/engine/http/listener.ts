import { createServer } from 'node:http';
import { fastify } from 'fastify';
import { Registry } from 'prom-client';
import type { Authenticator } from '../access/authenticator.ts';
import type { ReadBarrier } from '../api/read-barrier.ts';
import type { createRouter } from '../api/router.ts';
import type { CoreHost } from '../core/inputs.ts';
import type { Intake } from '../core/intake.ts';
import type { KpiHost } from '../kpi/kpi-host.ts';
import type { EngineSettings } from '../settings/load-settings.ts';
import type { Reader } from '../store/database.ts';
import type { ChangeFeed } from '../streams/change-feed.ts';
import type { Logger } from '../telemetry/logger.ts';
import { addApiRoutes } from './api-routes.ts';
import { addConsoleFiles } from './console-files.ts';
import { addHealthRoutes } from './health-routes.ts';
import { createHotIngest } from './hot-ingest.ts';
import { addIngestRoutes } from './ingest-routes.ts';
import { addKpiRoutes } from './kpi-routes.ts';
import { addRequestContext } from './request-context.ts';
import { createRequestGuard } from './request-guard.ts';
import { createRequestRecord } from './request-record.ts';
import { addStreamRoutes } from './stream-routes.ts';

export interface ListenerDeps {
  readonly settings: EngineSettings;
  readonly authenticator: Authenticator;
  readonly router: ReturnType<typeof createRouter>;
  readonly intake: Intake;
  readonly host: CoreHost;
  readonly kpi: KpiHost;
  readonly reader: Reader;
  readonly barrier: ReadBarrier;
  readonly feed: ChangeFeed;
  readonly newId: () => string;
  readonly logger: Logger;
  readonly version: string;
  readonly consoleFolder: string | null;
}

/** The HTTP side of the engine. */
export interface Listener {
  /** Answers the address, for example `http://127.0.0.1:4620`. Rejects when the port cannot be had. */
  listen(): Promise<string>;
  /** Takes no new connections, ends streams, and waits for the requests that are being answered. */
  close(): Promise<void>;
}

/** A source's connection that is silent for so long is closed. */
const keepAliveMilliseconds = 72_000;
const sweepMilliseconds = 20;
/** Requests that are being answered get so long to end. */
const closeMilliseconds = 5_000;

export function createListener(deps: ListenerDeps): Listener {
  const { settings, intake, host, reader, feed, newId } = deps;
  const logger = deps.logger.child('http');
  const stopping = new AbortController();
  const registry = new Registry();
  const record = createRequestRecord(logger, registry);
  const guard = createRequestGuard([settings.http.host, ...settings.http.names]);
  const { authenticator } = deps;
  const takeIn = createHotIngest({ authenticator, guard, intake, newId, record, logger, stopping: stopping.signal });
  const app = fastify({
    logger: false,
    forceCloseConnections: 'idle',
    routerOptions: { maxParamLength: 512 },
    serverFactory: (handler) => {
      const server = createServer((request, response) => {
        if (!takeIn(request, response)) handler(request, response);
      });
      server.keepAliveTimeout = keepAliveMilliseconds;
      server.requestTimeout = 0;
      return server;
    },
  });
  addRequestContext(app, { authenticator, guard, record, newId, logger });
  addHealthRoutes(app, { registry, host, intake, reader });
  addIngestRoutes(app, { intake, newId });
  addKpiRoutes(app, { kpi: deps.kpi });
  addStreamRoutes(app, { feed, reader, settings: settings.sse, stopping: stopping.signal });
  addApiRoutes(app, { router: deps.router, version: deps.version, logger, barrier: deps.barrier });
  addConsoleFiles(app, deps.consoleFolder);

  return {
    async listen() {
      const address = await app.listen({ host: settings.http.host, port: settings.http.port });
      return address.replace('[::]', '127.0.0.1').replace('0.0.0.0', '127.0.0.1');
    },
    async close() {
      stopping.abort();
      // A connection whose last answer is given only now would be kept alive, and the close would wait for it.
      const sweep = setInterval(() => app.server.closeIdleConnections(), sweepMilliseconds);
      // Whoever does not read its answer must not keep the engine from ending.
      const deadline = setTimeout(() => app.server.closeAllConnections(), closeMilliseconds);
      try {
        await app.close();
      } finally {
        clearInterval(sweep);
        clearTimeout(deadline);
      }
    },
  };
}
