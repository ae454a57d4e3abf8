import { Worker } from 'node:worker_threads';
import { errorFields, type Logger, type LogLevel, type LogSink } from '../telemetry/logger.ts';
import type { BatchAnswer, CoreHost, CoreInput } from './inputs.ts';
import type { CoreSettings } from './open-core.ts';
import { type FromThread, revivedError, type ThreadData, type ToThread } from './thread-messages.ts';

export interface ThreadHostOptions {
  readonly entry: URL;
  readonly settings: CoreSettings;
  readonly logLevel: LogLevel;
  readonly logSink: LogSink;
  readonly logger: Logger;
  /** Waits before a restart; injected, so that tests need not wait. */
  readonly delay: (milliseconds: number) => Promise<void>;
}

/** A core thread host, plus what tests need to kill it. */
export interface ThreadHost extends CoreHost {
  /** Ends the thread at once, as a crash would. */
  crash(): Promise<void>;
}

interface Pending {
  readonly inputs: readonly CoreInput[];
  readonly wantsChanges: boolean;
  readonly resolve: (answer: BatchAnswer) => void;
  readonly reject: (error: Error) => void;
}

/** The thread died this often in a row without answering anything: it will not come back by itself. */
const mostRestarts = 5;

/**
 * Runs the core in a worker thread. When the thread dies it is started again and unanswered batches are sent again;
 * the core recognises what it had committed already. Rejects when the store cannot be opened.
 */
export async function startThreadHost(options: ThreadHostOptions): Promise<ThreadHost> {
  const { logger } = options;
  const pending = new Map<number, Pending>();
  let state: ReturnType<CoreHost['state']> = 'running';
  let nextNumber = 1;
  let restarts = 0;
  let restarting: Promise<void> = Promise.resolve();
  let stopping: Promise<void> | null = null;
  let worker = await openThread(options);

  const send = (number: number, { inputs, wantsChanges }: Pending) =>
    post(worker, { kind: 'batch', number, inputs, wantsChanges });

  const failAll = (error: Error) => {
    state = 'stopped';
    for (const { reject } of pending.values()) reject(error);
    pending.clear();
  };

  const restart = async (reason: unknown) => {
    state = 'restarting';
    logger.error('restart', 'The core thread died and is started again.', { restarts, ...errorFields(reason) });
    while (restarts < mostRestarts) {
      await options.delay(Math.min(100 * 2 ** restarts, 5_000));
      restarts += 1;
      try {
        worker = await openThread(options);
        watch(worker);
        state = 'running';
        for (const [number, batch] of pending) send(number, batch);
        return;
      } catch (error) {
        logger.error('restart', 'The core thread could not be started.', errorFields(error));
      }
    }
    failAll(new Error('The core thread died repeatedly; the engine takes nothing more.'));
  };

  const watch = (watched: Worker) => {
    let failure: unknown = new Error('The core thread ended.');
    watched.on('message', (message: FromThread) => {
      if (message.kind === 'log') return options.logSink(message.line);
      if (message.kind !== 'answer' && message.kind !== 'failed') return;
      const batch = pending.get(message.number);
      pending.delete(message.number);
      restarts = 0;
      if (message.kind === 'answer') batch?.resolve(message.answer);
      else batch?.reject(revivedError(message.error));
    });
    watched.on('error', (error) => {
      failure = error;
    });
    watched.on('exit', () => {
      if (watched === worker && state === 'running') restarting = restart(failure);
    });
  };
  watch(worker);

  const isStopped = () => state === 'stopped';
  const stop = async () => {
    // A dead thread cannot be asked to end; the new one closes the store.
    await restarting;
    if (isStopped()) return;
    state = 'stopped';
    const closed = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
    post(worker, { kind: 'close' });
    await closed;
  };

  return {
    state: () => state,
    apply: (inputs, wantsChanges) =>
      new Promise((resolve, reject) => {
        if (state === 'stopped') return reject(new Error('The core has stopped.'));
        const batch = { inputs, wantsChanges, resolve, reject };
        const number = nextNumber++;
        pending.set(number, batch);
        if (state === 'running') send(number, batch);
      }),
    stop: () => {
      stopping ??= stop();
      return stopping;
    },
    crash: async () => {
      await worker.terminate();
    },
  };
}

function post(worker: Worker, message: ToThread): void {
  worker.postMessage(message);
}

function openThread(options: ThreadHostOptions): Promise<Worker> {
  const data: ThreadData = { settings: options.settings, logLevel: options.logLevel };
  const worker = new Worker(options.entry, { workerData: data, name: 'pedkai-core' });
  return new Promise((resolve, reject) => {
    const onMessage = (message: FromThread) => {
      if (message.kind === 'log') return options.logSink(message.line);
      settle();
      if (message.kind === 'opened') resolve(worker);
      else if (message.kind === 'could-not-open') reject(revivedError(message.error));
    };
    const onError = (error: Error) => {
      settle();
      reject(error);
    };
    const onExit = () => {
      settle();
      reject(new Error('The core thread ended before it was open.'));
    };
    const settle = () => {
      worker.off('message', onMessage);
      worker.off('error', onError);
      worker.off('exit', onExit);
    };
    worker.on('message', onMessage);
    worker.on('error', onError);
    worker.on('exit', onExit);
  });
}
