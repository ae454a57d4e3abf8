import { Worker } from 'node:worker_threads';
import { revivedError } from '../core/thread-messages.ts';
import { errorFields, type Logger, type LogLevel, type LogSink } from '../telemetry/logger.ts';
import { type KpiAnswer, type KpiBody, type KpiSettings, openKpiCore } from './kpi-core.ts';
import type { FromKpiThread, KpiThreadData, ToKpiThread } from './kpi-messages.ts';
import type { SleepingCellEvent } from './kpi-watch.ts';

/** Measurements, in process or in their thread. */
export interface KpiHost {
  /** Answers when the samples are on disk. Rejects with SyntaxError when the body is not JSON. */
  ingest(tenantId: string, body: KpiBody): Promise<KpiAnswer>;
  /** Whether more can be taken now. */
  hasRoom(): boolean;
  /** Finishes what was taken and closes the file. */
  stop(): Promise<void>;
}

export interface KpiHostOptions {
  /** The thread's entry; null runs in process. */
  readonly entry: URL | null;
  readonly settings: KpiSettings;
  readonly logLevel: LogLevel;
  readonly logSink: LogSink;
  readonly logger: Logger;
  readonly clock: () => number;
  readonly onSleepingCell: (event: SleepingCellEvent) => void;
}

/** Bodies that wait to be written, in characters; beyond it senders are asked to come again. */
const waitingCharactersMax = 64 * 1_048_576;
/** Samples that wait to be judged; beyond it too. */
const waitingSamplesMax = 2_000_000;
const restartsMax = 5;

export async function startKpiHost(options: KpiHostOptions): Promise<KpiHost> {
  return options.entry === null ? inProcess(options) : await inThread(options, options.entry);
}

function inProcess({ settings, logger, clock, onSleepingCell }: KpiHostOptions): KpiHost {
  const core = openKpiCore(settings, logger, clock, onSleepingCell);
  let isOpen = true;
  const work = (): void => {
    if (isOpen && core.work()) setImmediate(work);
  };
  return {
    async ingest(tenantId, body) {
      const answer = core.ingest(tenantId, body);
      setImmediate(work);
      return answer;
    },
    hasRoom: () => core.waiting() < waitingSamplesMax,
    async stop() {
      if (isOpen) core.close();
      isOpen = false;
    },
  };
}

interface Pending {
  readonly characters: number;
  readonly resolve: (answer: KpiAnswer) => void;
  readonly reject: (error: Error) => void;
}

async function inThread(options: KpiHostOptions, entry: URL): Promise<KpiHost> {
  const pending = new Map<number, Pending>();
  let waitingCharacters = 0;
  let waitingSamples = 0;
  let nextNumber = 1;
  let restarts = 0;
  let isStopping = false;

  const taken = (number: number): Pending | undefined => {
    const one = pending.get(number);
    pending.delete(number);
    waitingCharacters -= one?.characters ?? 0;
    return one;
  };
  const onMessage = (message: FromKpiThread): void => {
    switch (message.kind) {
      case 'answer':
        waitingSamples = message.waiting;
        restarts = 0;
        taken(message.number)?.resolve(message.answer);
        break;
      case 'failed':
        taken(message.number)?.reject(revivedError(message.error));
        break;
      case 'progress':
        waitingSamples = message.waiting;
        break;
      case 'sleeping-cell':
        options.onSleepingCell(message.event);
        break;
      case 'log':
        options.logSink(message.line);
    }
  };
  const watch = (watched: Worker): Worker => {
    let failure: unknown = new Error('The thread of measurements ended.');
    watched.on('message', onMessage);
    watched.on('error', (error) => {
      failure = error;
    });
    watched.on('exit', () => {
      for (const number of [...pending.keys()])
        taken(number)?.reject(new KpiUnavailableError('The writer of measurements was interrupted; send them again.'));
      if (isStopping) return;
      options.logger.error('kpi', 'The thread of measurements died.', { restarts, ...errorFields(failure) });
      if (restarts++ < restartsMax) void restart();
    });
    return watched;
  };
  const restart = async (): Promise<void> => {
    try {
      worker = watch(await openThread(entry, options));
    } catch (error) {
      options.logger.error('kpi', 'The thread of measurements could not be started again.', errorFields(error));
    }
  };
  let worker = watch(await openThread(entry, options));
  const post = (message: ToKpiThread): void => worker.postMessage(message);

  return {
    ingest: (tenantId, body) =>
      new Promise((resolve, reject) => {
        const number = nextNumber++;
        pending.set(number, { characters: body.text.length, resolve, reject });
        waitingCharacters += body.text.length;
        post({ kind: 'ingest', number, tenantId, body });
      }),
    hasRoom: () =>
      !isStopping &&
      waitingCharacters < waitingCharactersMax &&
      waitingSamples < waitingSamplesMax &&
      restarts <= restartsMax,
    stop: () => {
      if (isStopping) return Promise.resolve();
      isStopping = true;
      const ended = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
      post({ kind: 'close' });
      return ended;
    },
  };
}

/** Measurements cannot be taken just now. */
export class KpiUnavailableError extends Error {
  override readonly name = 'KpiUnavailableError';
}

function openThread(entry: URL, { settings, logLevel, logSink }: KpiHostOptions): Promise<Worker> {
  const data: KpiThreadData = { settings, logLevel };
  const worker = new Worker(entry, {
    workerData: data,
    name: 'pedkai-kpi',
    resourceLimits: { maxYoungGenerationSizeMb: 24 },
  });
  return new Promise((resolve, reject) => {
    const settle = (): void => {
      worker.off('message', onMessage);
      worker.off('error', onError);
      worker.off('exit', onExit);
    };
    const onMessage = (message: FromKpiThread): void => {
      if (message.kind === 'log') logSink(message.line);
      if (message.kind !== 'opened' && message.kind !== 'could-not-open') return;
      settle();
      if (message.kind === 'opened') resolve(worker);
      else reject(revivedError(message.error));
    };
    const onError = (error: Error): void => {
      settle();
      reject(error);
    };
    const onExit = (): void => {
      settle();
      reject(new Error('The thread of measurements ended before it was open.'));
    };
    worker.on('message', onMessage);
    worker.on('error', onError);
    worker.on('exit', onExit);
  });
}
