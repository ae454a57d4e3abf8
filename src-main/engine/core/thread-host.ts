import { Worker } from 'node:worker_threads';
import type { ChangeFeed } from '../streams/change-feed.ts';
import { errorFields, type Logger, type LogLevel, type LogSink } from '../telemetry/logger.ts';
import type { BatchAnswer, CoreHost, CoreProgress } from './inputs.ts';
import type { CoreSettings } from './open-core.ts';
import { createProgressBoard } from './progress-board.ts';
import { type FromThread, revivedError, type ThreadData, type ToThread } from './thread-messages.ts';

export interface ThreadHostOptions {
  readonly entry: URL;
  readonly settings: CoreSettings;
  readonly logLevel: LogLevel;
  readonly logSink: LogSink;
  readonly logger: Logger;
  /** Where changes go; told to the core whether anybody listens. */
  readonly feed: Pick<ChangeFeed, 'publish' | 'hasSubscribers' | 'onListening'>;
  /** Waits before a restart; injected, so that tests need not wait. */
  readonly delay: (milliseconds: number) => Promise<void>;
}

/** A core thread host, plus what tests need to kill it. */
export interface ThreadHost extends CoreHost {
  /** Ends the thread at once, as a crash would. */
  crash(): Promise<void>;
}

interface Pending {
  readonly message: Extract<ToThread, { readonly number: number }>;
  readonly resolve: (answer: BatchAnswer) => void;
  readonly reject: (error: Error) => void;
}

interface Opened {
  readonly worker: Worker;
  readonly progress: CoreProgress;
}

/** The core makes short-lived objects only; a larger nursery costs memory and saves nothing. */
const resourceLimits = { maxYoungGenerationSizeMb: 24 };

const settledAnswer: BatchAnswer = { results: [], head: 0 };

/** The thread died this often in a row without answering anything: it will not come back by itself. */
const mostRestarts = 5;

/**
 * Runs the core in a worker thread. When the thread dies it is started again and unanswered batches are sent again;
 * the core recognises what it had committed already. Rejects when the store cannot be opened.
 */
export async function startThreadHost(options: ThreadHostOptions): Promise<ThreadHost> {
  const { logger, feed } = options;
  const pending = new Map<number, Pending>();
  let state: ReturnType<CoreHost['state']> = 'running';
  let nextNumber = 1;
  let restarts = 0;
  let restarting: Promise<void> = Promise.resolve();
  let stopping: Promise<void> | null = null;
  const opened = await openThread(options);
  let { worker } = opened;
  const board = createProgressBoard(opened.progress);

  const listen = () => post(worker, { kind: 'listen', isWanted: feed.hasSubscribers() });
  feed.onListening(listen);

  const failAll = (error: Error) => {
    state = 'stopped';
    for (const { reject } of pending.values()) reject(error);
    pending.clear();
    board.release();
  };

  const restart = async (reason: unknown) => {
    state = 'restarting';
    logger.error('restart', 'The core thread died and is started again.', { restarts, ...errorFields(reason) });
    while (restarts < mostRestarts) {
      await options.delay(Math.min(100 * 2 ** restarts, 5_000));
      restarts += 1;
      try {
        const reopened = await openThread(options);
        worker = reopened.worker;
        watch(worker);
        board.reached(reopened.progress);
        state = 'running';
        listen();
        for (const { message } of pending.values()) post(worker, message);
        // Something may have been committed that the dead thread did not tell: subscribers look into the store.
        feed.publish(null);
        return;
      } catch (error) {
        logger.error('restart', 'The core thread could not be started.', errorFields(error));
      }
    }
    failAll(new Error('The core thread died repeatedly; the engine takes nothing more.'));
  };

  /** The batch of an answer, which waits no more. */
  const taken = (number: number): Pending | undefined => {
    const batch = pending.get(number);
    pending.delete(number);
    restarts = 0;
    return batch;
  };

  const ask = (message: Pending['message']) =>
    new Promise<BatchAnswer>((resolve, reject) => {
      if (state === 'stopped') return reject(new Error('The core has stopped.'));
      pending.set(message.number, { message, resolve, reject });
      if (state === 'running') post(worker, message);
    });

  const watch = (watched: Worker) => {
    let failure: unknown = new Error('The core thread ended.');
    watched.on('message', (message: FromThread) => {
      switch (message.kind) {
        case 'log':
          options.logSink(message.line);
          break;
        case 'changes':
          feed.publish(message.changes);
          break;
        case 'progress':
          board.reached(message.progress);
          break;
        case 'answer':
          board.acknowledged(message.answer.head);
          taken(message.number)?.resolve(message.answer);
          break;
        case 'settled':
          taken(message.number)?.resolve(settledAnswer);
          break;
        case 'failed':
          taken(message.number)?.reject(revivedError(message.error));
      }
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
    board.release();
  };

  return {
    state: () => state,
    progress: board.progress,
    workedIn(milliseconds) {
      const waiting = board.workedIn(milliseconds);
      if (waiting !== null && state === 'running') post(worker, { kind: 'hurry', position: board.progress().head });
      return waiting;
    },
    apply: (inputs) => ask({ kind: 'batch', number: nextNumber++, inputs }),
    settle: async () => {
      await ask({ kind: 'settle', number: nextNumber++ });
    },
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

function openThread(options: ThreadHostOptions): Promise<Opened> {
  const data: ThreadData = { settings: options.settings, logLevel: options.logLevel };
  const worker = new Worker(options.entry, { workerData: data, name: 'pedkai-core', resourceLimits });
  return new Promise((resolve, reject) => {
    const onMessage = (message: FromThread) => {
      if (message.kind === 'log') return options.logSink(message.line);
      settle();
      if (message.kind === 'opened') resolve({ worker, progress: message.progress });
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
