import { statfsSync } from 'node:fs';
import { userInfo } from 'node:os';
import path from 'node:path';
import { RPCHandler } from '@orpc/server/message-port';
import { sessionHeader, tenantHeader } from '#shared/api/contract.ts';
import { toTimestamp } from '#shared/vocabulary/time.ts';
import { createAuthenticator } from './access/authenticator.ts';
import { consoleKeyOf } from './access/secrets.ts';
import { tenantsWithTokens } from './access/token-store.ts';
import { createTokenUses } from './access/token-uses.ts';
import { type DecideCommand, engineActor } from './actions/commands/decide-command.ts';
import type { ApiContext } from './api/api-context.ts';
import { createReadBarrier } from './api/read-barrier.ts';
import { refusal } from './api/refusal.ts';
import { createRouter } from './api/router.ts';
import { createEntryIds } from './core/entry-ids.ts';
import { createInProcessHost } from './core/in-process-host.ts';
import type { CoreHost } from './core/inputs.ts';
import { createIntake } from './core/intake.ts';
import { type CoreSettings, openCore } from './core/open-core.ts';
import { startThreadHost } from './core/thread-host.ts';
import { createLiveCorrelator } from './correlation/live-correlator.ts';
import type { Executor } from './executors/executor.ts';
import { createWebhookExecutor } from './executors/webhook-executor.ts';
import { adrReader } from './gate/adr-document.ts';
import { createGatekeeper } from './gate/gatekeeper.ts';
import { createListener } from './http/listener.ts';
import { kpiFileName } from './kpi/kpi-database.ts';
import { startKpiHost } from './kpi/kpi-host.ts';
import { createSleepingCellReporter } from './kpi/sleeping-cell-reporter.ts';
import { createPassphraseGuard } from './people/passphrase-guard.ts';
import { createPolicyFolder } from './policies/policy-folder.ts';
import type { EngineSettings } from './settings/load-settings.ts';
import { type DataFolderLock, type LockAttempt, takeDataFolder } from './store/data-folder-lock.ts';
import { openForReading, readerOf } from './store/database.ts';
import { type ChangeFeed, createChangeFeed } from './streams/change-feed.ts';
import { createLogger, errorFields, type LogSink } from './telemetry/logger.ts';
import { traceContextFrom } from './telemetry/trace-context.ts';
import { engineVersion } from './version.ts';

/** What the host gives to the engine. */
export interface EnginePorts {
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
  /** Takes one JSON line without its line feed. */
  readonly logSink: LogSink;
  /** Entry of the core's worker thread; null runs the core on the caller's thread. */
  readonly coreThread: URL | null;
  /** Entry of the thread of measurements; null runs them on the caller's thread. */
  readonly kpiThread: URL | null;
  readonly migrationsFolder: string;
  /** Holds ADR-001 as it is delivered; a folder `adr` among the data goes before it. Without a document nothing is executed. */
  readonly adrFolder?: string;
  /** The built console, served over HTTP; null serves none. */
  readonly consoleFolder: string | null;
}

/** A message port as oRPC takes it: Electron's MessagePortMain, or a web MessagePort. */
export type ConsolePort = Parameters<RPCHandler<ApiContext>['upgrade']>[0];

/** Why the engine did not start. `message` is one plain line. */
export class EngineStartError extends Error {
  override readonly name = 'EngineStartError';
  readonly code: 'DATA_FOLDER_HELD' | 'PORT_IN_USE' | 'STORE';

  constructor(code: EngineStartError['code'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

export interface EngineAddress {
  /** Where the API answers. */
  readonly url: string;
  /** Where a browser finds the console, with the key that opens it. */
  readonly consoleUrl: string;
}

export interface Engine {
  /** Starts everything. Rejects with EngineStartError, and leaves nothing running then. */
  start(): Promise<EngineAddress>;
  /** Takes nothing more, finishes what was accepted, closes the store. Safe to call twice. */
  stop(): Promise<void>;
  /** Serves the console API over one message port. Answers the detach. */
  attachConsole(port: ConsolePort): () => void;
}

/** How often the store is told when tokens were last used. */
const tokenUsesMilliseconds = 2_000;

type Running = Awaited<ReturnType<typeof run>>;

/** The composition root: everything the engine consists of is wired here, once. */
export function createEngine(settings: EngineSettings, ports: EnginePorts): Engine {
  let running: Running | null = null;
  let stopping: Promise<void> | null = null;
  return {
    async start() {
      running = await run(settings, ports);
      return running.address;
    },
    stop() {
      stopping ??= running?.stop() ?? Promise.resolve();
      return stopping;
    },
    attachConsole(port) {
      if (running === null) throw new Error('The engine is not running.');
      return running.attachConsole(port);
    },
  };
}

async function run(settings: EngineSettings, ports: EnginePorts) {
  const { clock } = ports;
  const logger = createLogger(ports.logSink, settings.log.level, clock);
  const lock = lockFolder(settings.dataFolder);
  try {
    return await runLocked(settings, ports, logger, lock);
  } catch (error) {
    lock.release();
    throw error;
  }
}

function lockFolder(dataFolder: string): DataFolderLock {
  const attempt = takenOrHeld(dataFolder);
  if (!attempt.held) return attempt.lock;
  const who =
    attempt.holder === null
      ? 'another Pedkai'
      : `Pedkai (process ${attempt.holder.pid}${attempt.holder.url === null ? '' : `, ${attempt.holder.url}`})`;
  throw new EngineStartError('DATA_FOLDER_HELD', `The data folder ${dataFolder} is in use by ${who}.`);
}

function takenOrHeld(dataFolder: string): LockAttempt {
  try {
    return takeDataFolder(dataFolder, process.pid);
  } catch (error) {
    throw new EngineStartError('STORE', `The data folder ${dataFolder} cannot be locked: ${reasonOf(error)}`, {
      cause: error,
    });
  }
}

const reasonOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

async function runLocked(
  settings: EngineSettings,
  ports: EnginePorts,
  logger: ReturnType<typeof createLogger>,
  lock: DataFolderLock,
) {
  const databaseFile = path.join(settings.dataFolder, 'pedkai.db');
  const feed = createChangeFeed();
  const host = await startCore(settings, ports, logger, feed, {
    databaseFile,
    migrationsFolder: ports.migrationsFolder,
    synchronous: settings.store.synchronous,
    correlationWindowSeconds: settings.correlation.window_seconds,
  });
  /** What must end when the rest cannot start, the last one first: a thread that runs on would keep the process alive. */
  const started: { stop(): Promise<void> }[] = [host];
  try {
    return await runAround(host, started, feed, databaseFile, settings, ports, logger, lock);
  } catch (error) {
    for (const part of started.toReversed()) await part.stop();
    if (error instanceof EngineStartError) throw error;
    throw new EngineStartError('STORE', `The engine cannot start on ${settings.dataFolder}: ${reasonOf(error)}`, {
      cause: error,
    });
  }
}

/** Everything but the core, which runs already. Whoever calls stops what stands in `started` when this throws. */
async function runAround(
  host: CoreHost,
  started: { stop(): Promise<void> }[],
  feed: ChangeFeed,
  databaseFile: string,
  settings: EngineSettings,
  ports: EnginePorts,
  logger: ReturnType<typeof createLogger>,
  lock: DataFolderLock,
) {
  const { clock } = ports;
  const newId = createEntryIds(clock);
  const readClient = openForReading(databaseFile);
  const reader = readerOf(readClient);
  const intake = createIntake({ host, queueMax: settings.http.queue_max });
  const kpiFile = path.join(settings.dataFolder, kpiFileName);
  const kpi = await startKpiHost({
    entry: ports.kpiThread,
    settings: {
      databaseFile: kpiFile,
      synchronous: settings.store.synchronous,
      retention: settings.kpi,
      watches: true,
    },
    logLevel: settings.log.level,
    logSink: ports.logSink,
    logger: logger.child('kpi'),
    clock,
    onSleepingCell: createSleepingCellReporter({ reader, intake, newId, clock, logger: logger.child('kpi') }),
  });
  started.push(kpi);
  const kpiReadClient = openForReading(kpiFile);
  const kpiReader = readerOf(kpiReadClient);
  const barrier = createReadBarrier(host);
  const consoleKey = consoleKeyOf(settings.dataFolder);
  const tokenUses = createTokenUses();
  const authenticator = createAuthenticator({
    reader,
    clock,
    consoleKey,
    consoleOperator: settings.console.operator ?? systemUser(),
    preferredTenant: settings.console.tenant,
    onTokenUsed: tokenUses.note,
    onSessionUsed: (sessionId) => noteSession({ name: 'session.used', sessionId }),
    onSessionRefused: ({ sessionId, name }, why) =>
      noteSession({ name: 'audit.refused', what: 'session.use', subject: sessionId, why: `${name}: ${why}` }),
  });
  const gatekeeper = createGatekeeper({
    reader,
    intake,
    newId,
    clock,
    logger: logger.child('gate'),
    readAdr: adrReader([
      path.join(settings.dataFolder, 'adr'),
      ...(ports.adrFolder === undefined ? [] : [ports.adrFolder]),
    ]),
    executor: executorOf(settings.actions, clock),
    policyFolder: createPolicyFolder(path.join(settings.dataFolder, 'policies')),
    lookIntervalMilliseconds: settings.actions.look_interval_seconds * 1_000,
  });
  const noteSession = (command: DecideCommand) => {
    const [tenantId] = reader.read(tenantsWithTokens);
    if (tenantId === undefined) return;
    gatekeeper
      .submit(tenantId, command, engineActor)
      .catch((error: unknown) =>
        logger.warn('noteSession', 'The use of a session was not stored.', errorFields(error)),
      );
  };
  const startedAt = toTimestamp(clock());
  let url = '';
  const stopping = new AbortController();
  const router = createRouter({
    stopping: stopping.signal,
    reader,
    kpiReader,
    intake,
    host,
    feed,
    authenticator,
    gatekeeper,
    passphraseGuard: createPassphraseGuard(clock),
    logger: logger.child('api'),
    clock,
    newId,
    pulse: {
      reader,
      intake,
      host,
      queueMax: settings.http.queue_max,
      clock,
      diskFreeBytes: () => {
        const disk = statfsSync(settings.dataFolder);
        return disk.bavail * disk.bsize;
      },
    },
    snapshotMax: settings.console.snapshot_max,
    correlationWindowSeconds: settings.correlation.window_seconds,
    engine: () => ({
      version: engineVersion,
      url,
      data_folder: settings.dataFolder,
      demo: false,
      started_at: startedAt,
    }),
  });
  const listener = createListener({
    settings,
    authenticator,
    router,
    intake,
    host,
    kpi,
    reader,
    barrier,
    feed,
    newId,
    logger,
    version: engineVersion,
    consoleFolder: ports.consoleFolder,
  });
  const storeTokenUses = async () => {
    const uses = tokenUses.take();
    if (uses.length === 0) return;
    const trace = traceContextFrom(undefined, undefined);
    const command = { name: 'token.used', uses } as const;
    await intake.submit({
      kind: 'command',
      entryId: newId(),
      tenantId: '',
      operator: 'engine',
      actor: engineActor,
      command,
      trace,
    });
  };
  const storeTokenUsesOrSay = () =>
    storeTokenUses().catch((error: unknown) =>
      logger.warn('storeTokenUses', 'The times of the last use of tokens were not stored.', errorFields(error)),
    );
  const usesTimer = setInterval(storeTokenUsesOrSay, tokenUsesMilliseconds);
  const closeStore = async () => {
    await gatekeeper.stop();
    clearInterval(usesTimer);
    await storeTokenUsesOrSay();
    await kpi.stop();
    await intake.drain();
    await host.stop();
    readClient.close();
    kpiReadClient.close();
  };
  try {
    url = await listener.listen();
  } catch (error) {
    await closeStore();
    if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')
      throw new EngineStartError(
        'PORT_IN_USE',
        `The port ${settings.http.port} on ${settings.http.host} is in use; choose another with --port or http.port.`,
        { cause: error },
      );
    throw new EngineStartError(
      'PORT_IN_USE',
      `The engine cannot listen on ${settings.http.host}:${settings.http.port}: ${error instanceof Error ? error.message : String(error)}`,
      { cause: error },
    );
  }
  await gatekeeper.start();
  lock.announce(url);
  logger.info('start', 'The engine is ready.', { url, data_folder: settings.dataFolder, version: engineVersion });

  const rpc = new RPCHandler<ApiContext>(router.whole, {
    // Not rootInterceptors: what those throw is not answered, but ends the process as an unhandled rejection.
    interceptors: [
      ({ request, next, ...options }) => {
        const one = (header: string | string[] | undefined) => (Array.isArray(header) ? header[0] : header);
        const authentication = authenticator.consoleCaller(
          one(request.headers[tenantHeader]),
          one(request.headers[sessionHeader]),
        );
        if (!authentication.ok) throw refusal(authentication.denial.code, authentication.denial.message);
        return next({
          ...options,
          request,
          context: {
            caller: authentication.caller,
            trace: traceContextFrom(undefined, undefined),
            requestId: newId(),
            barrier,
          },
        });
      },
    ],
  });
  const detachers = new Set<() => void>();

  return {
    address: { url, consoleUrl: `${url}/#key=${consoleKey}` },
    attachConsole(port: ConsolePort) {
      const caller = {
        tenantId: null,
        scopes: new Set<never>(),
        operator: '',
        actor: engineActor,
        sessionId: null,
        isConsole: true,
        tenants: [],
      };
      rpc.upgrade(port, {
        context: { caller, trace: traceContextFrom(undefined, undefined), requestId: newId(), barrier },
      });
      const detach = () => {
        detachers.delete(detach);
        if ('close' in port && typeof port.close === 'function') port.close();
      };
      detachers.add(detach);
      return detach;
    },
    async stop() {
      logger.info('stop', 'The engine stops: it takes nothing more and finishes what it accepted.');
      // A console's stream would otherwise be a request that is being answered for ever.
      stopping.abort();
      await listener.close();
      for (const detach of detachers) detach();
      await closeStore();
      lock.release();
      logger.info('stop', 'The engine has stopped.');
    },
  };
}

async function startCore(
  settings: EngineSettings,
  ports: EnginePorts,
  logger: ReturnType<typeof createLogger>,
  feed: ChangeFeed,
  core: CoreSettings,
): Promise<CoreHost> {
  try {
    if (ports.coreThread === null) {
      const changes = { isWanted: feed.hasSubscribers, publish: feed.publish };
      return createInProcessHost(openCore(core, logger, ports.clock, createLiveCorrelator, changes), logger);
    }
    return await startThreadHost({
      entry: ports.coreThread,
      settings: core,
      logLevel: settings.log.level,
      logSink: ports.logSink,
      logger,
      feed,
      delay: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
    });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new EngineStartError('STORE', `The store ${core.databaseFile} cannot be opened: ${why}`, { cause: error });
  }
}

/** What may reach the network, if ADR-001 lets it. */
function executorOf(settings: EngineSettings['actions'], clock: () => number): Executor | null {
  const { executor, webhook_url: url, webhook_secret: secret, webhook_timeout_seconds: timeoutSeconds } = settings;
  if (executor === 'none' || url === undefined || secret === undefined) return null;
  return createWebhookExecutor({ url, secret, timeoutSeconds }, clock);
}

/** The name of the system's user; machines may run the engine as a user without a name. */
function systemUser(): string {
  try {
    return userInfo().username;
  } catch {
    return 'operator';
  }
}
