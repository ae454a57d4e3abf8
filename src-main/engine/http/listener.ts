import { fastify } from 'fastify';
import type { Authenticator } from '../access/authenticator.ts';
import type { ReadBarrier } from '../api/read-barrier.ts';
import type { createRouter } from '../api/router.ts';
import type { CoreHost } from '../core/inputs.ts';
import type { Intake } from '../core/intake.ts';
import type { EngineSettings } from '../settings/load-settings.ts';
import type { Reader } from '../store/database.ts';
import type { ChangeFeed } from '../streams/change-feed.ts';
import type { Logger } from '../telemetry/logger.ts';
import { addApiRoutes } from './api-routes.ts';
import { addConsoleFiles } from './console-files.ts';
import { addHealthRoutes } from './health-routes.ts';
import { addIngestRoutes } from './ingest-routes.ts';
import { addRequestContext } from './request-context.ts';
import { addStreamRoutes } from './stream-routes.ts';

export interface ListenerDeps {
  readonly settings: EngineSettings;
  readonly authenticator: Authenticator;
  readonly router: ReturnType<typeof createRouter>;
  readonly intake: Intake;
  readonly host: CoreHost;
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

const sweepMilliseconds = 20;
/** Requests that are being answered get so long to end. */
const closeMilliseconds = 5_000;

export function createListener(deps: ListenerDeps): Listener {
  const { settings, intake, host, reader, feed, newId } = deps;
  const logger = deps.logger.child('http');
  const stopping = new AbortController();
  const app = fastify({ logger: false, forceCloseConnections: 'idle', routerOptions: { maxParamLength: 512 } });
  addRequestContext(app, {
    authenticator: deps.authenticator,
    names: [settings.http.host, ...settings.http.names],
    newId,
    logger,
  });
  addHealthRoutes(app, { host, intake, reader });
  addIngestRoutes(app, { intake, newId });
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
