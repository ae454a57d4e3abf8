import type { CoreHost, CoreInput, CoreResult } from './inputs.ts';

/** The queue is full; the caller is asked to come back. */
export class QueueFullError extends Error {
  override readonly name = 'QueueFullError';
  readonly retryAfterSeconds = 1;

  constructor() {
    super('The engine has as much waiting as it can take; try again shortly.');
  }
}

/** The engine is stopping or its core does not answer. */
export class NotRunningError extends Error {
  override readonly name = 'NotRunningError';

  constructor() {
    super('The engine takes nothing at the moment.');
  }
}

export interface IntakeOptions {
  readonly host: CoreHost;
  /** How many inputs may wait; more are refused. */
  readonly queueMax: number;
}

/** The bounded queue before the core: gathers what arrives while a batch is written into the next batch (group commit). */
export interface Intake {
  /** Calls back with the result when the input is on disk, or with a QueueFullError, a NotRunningError or what failed. */
  offer(input: CoreInput, resolve: (result: CoreResult) => void, reject: (error: unknown) => void): void;
  /** The same as a promise. */
  submit(input: CoreInput): Promise<CoreResult>;
  /** Resolves after all inputs are on disk. Waits for room instead of refusing, once `hasRoom` was true. */
  submitAll(inputs: readonly CoreInput[]): Promise<CoreResult[]>;
  hasRoom(): boolean;
  depth(): number;
  /** Refuses new inputs and resolves when everything accepted is on disk. */
  drain(): Promise<void>;
}

interface Waiting {
  readonly input: CoreInput;
  readonly resolve: (result: CoreResult) => void;
  readonly reject: (error: unknown) => void;
}

/** Bounds the time of one transaction, and so how long the next caller waits. */
const mostPerBatch = 1_000;
/** One batch in the writer and one on its way: this thread reads requests while that one writes, and neither waits. */
const mostInFlight = 2;

export function createIntake({ host, queueMax }: IntakeOptions): Intake {
  let waiting: Waiting[] = [];
  let inFlight = 0;
  let pendingCount = 0;
  let isDraining = false;
  const roomWaiters: (() => void)[] = [];
  const idleWaiters: (() => void)[] = [];
  /** Those who bring many inputs enter one after another, so that the bound holds and nobody's order is mixed up. */
  let lastToEnter: Promise<void> = Promise.resolve();

  const finished = (count: number) => {
    inFlight -= 1;
    pendingCount -= count;
    pump();
    while (roomWaiters.length > 0 && pendingCount < queueMax) roomWaiters.shift()?.();
    if (pendingCount === 0) for (const resolve of idleWaiters.splice(0)) resolve();
  };

  const pump = () => {
    while (inFlight < mostInFlight && waiting.length > 0) {
      const batch = waiting.length <= mostPerBatch ? waiting : waiting.slice(0, mostPerBatch);
      waiting = batch === waiting ? [] : waiting.slice(mostPerBatch);
      inFlight += 1;
      const inputs = batch.map(({ input }) => input);
      host.apply(inputs).then(
        ({ results }) => {
          batch.forEach(({ resolve, reject }, index) => {
            const result = results[index];
            if (result === undefined) reject(new Error('The core gave no answer to an input.'));
            else resolve(result);
          });
          finished(batch.length);
        },
        (error: unknown) => {
          for (const { reject } of batch) reject(error);
          finished(batch.length);
        },
      );
    }
  };

  let pumpIsDue = false;
  const pumpSoon = () => {
    if (pumpIsDue) return;
    pumpIsDue = true;
    setImmediate(() => {
      pumpIsDue = false;
      pump();
    });
  };

  const put = (input: CoreInput, resolve: Waiting['resolve'], reject: Waiting['reject']) => {
    pendingCount += 1;
    waiting.push({ input, resolve, reject });
    pumpSoon();
  };
  const enqueue = (input: CoreInput) => new Promise<CoreResult>((resolve, reject) => put(input, resolve, reject));

  const isClosed = () => isDraining || host.state() === 'stopped';
  const offer: Intake['offer'] = (input, resolve, reject) => {
    if (isClosed()) reject(new NotRunningError());
    else if (pendingCount >= queueMax) reject(new QueueFullError());
    else put(input, resolve, reject);
  };

  return {
    hasRoom: () => pendingCount < queueMax,
    depth: () => pendingCount,
    offer,
    submit: (input) => new Promise((resolve, reject) => offer(input, resolve, reject)),
    async submitAll(inputs) {
      if (isClosed()) throw new NotRunningError();
      const before = lastToEnter;
      const entered = Promise.withResolvers<void>();
      lastToEnter = entered.promise;
      await before;
      const results: Promise<CoreResult>[] = [];
      for (const input of inputs) {
        while (pendingCount >= queueMax) await new Promise<void>((resolve) => roomWaiters.push(resolve));
        const result = enqueue(input);
        // It may fail while others still wait for room, before anybody listens.
        result.catch(() => undefined);
        results.push(result);
      }
      entered.resolve();
      return Promise.all(results);
    },
    async drain() {
      isDraining = true;
      if (pendingCount > 0) await new Promise<void>((resolve) => idleWaiters.push(resolve));
    },
  };
}
