import { errorFields, type Logger } from '../telemetry/logger.ts';
import { seesState } from './commands/run-command.ts';
import type { Core } from './create-core.ts';
import { type BatchAnswer, type CoreInput, type CoreProgress, lagOf } from './inputs.ts';
import { createSettleClock } from './settle-clock.ts';

/** What becomes of one batch. */
export interface BatchReceiver {
  answer(answer: BatchAnswer): void;
  fail(error: unknown): void;
}

export interface CoreLoopOptions {
  readonly core: Core;
  readonly logger: Logger;
  /** Told whenever the handlers have come further. */
  readonly onProgress: (progress: CoreProgress) => void;
}

/** Shares the writer's time between accepting, working in and settling. */
export interface CoreLoop {
  apply(inputs: readonly CoreInput[], receiver: BatchReceiver): void;
  /** Somebody waits until the handlers have come to this position: accepting does not go before that. */
  hurry(position: number): void;
  /** Works everything in and settles, at once. */
  settle(): void;
  /** Accepts what waits and works in what is accepted, for some seconds at most; what is left waits in the journal. */
  finish(): void;
}

/**
 * So many entries may be accepted and not worked in yet; beyond it accepting waits for working in, senders fill the queue,
 * and a full queue is answered 503. A storm of this size is taken as fast as the disk allows, and the handlers need some
 * seconds for it.
 */
export const lagMax = 50_000;
/** Inputs that are accepted in one transaction at most. */
const acceptMax = 2_000;
/** How long one chunk may take: short while senders wait for their answers. Longer ones cost less an entry. */
const chunkMillisecondsUnderPressure = 5;
const chunkMilliseconds = 25;
const chunkMin = 16;
const chunkMax = 512;
/** Senders that have been silent for so long are not waiting for an answer: the core's time belongs to working in. */
const pauseMilliseconds = 25;
/**
 * Working in gets all of the time while accepting, as of the last moments, needs next to nothing of the processor, and the
 * less the more it needs; from this share on, a share that grows with the square of the lag; always a small one.
 */
const acceptShareMax = 0.15;
const shareMin = 0.05;
const lastMomentsMilliseconds = 250;
/** After a failure that is not one entry's, such as a full disk, working in is tried again this much later. */
const retryMilliseconds = 1_000;
/** How late what is due by the clock alone may be: maintenance that begins, an alarm that has been held long enough. */
const tickMilliseconds = 2_000;
const finishMilliseconds = 5_000;

interface Waiting extends BatchReceiver {
  readonly inputs: readonly CoreInput[];
}

/** Runs on whatever thread it is made on; between its steps the event loop gets its turn. */
export function createCoreLoop({ core, logger, onProgress }: CoreLoopOptions): CoreLoop {
  const waiting: Waiting[] = [];
  const settling = createSettleClock();
  let hurriedTo = 0;
  let acceptedAt = Number.NEGATIVE_INFINITY;
  /** Milliseconds of the processor for accepting, the older the less they count, as of `acceptedAt`. */
  let acceptTook = 0;
  let workedAt = Number.NEGATIVE_INFINITY;
  let workTook = 0;
  /** What an entry cost lately, in milliseconds. */
  let entryTook = 0.1;
  let tickAt = Number.NEGATIVE_INFINITY;
  let retryAt = Number.NEGATIVE_INFINITY;
  let isFinished = false;
  /** Whether the working state of some tenant is still to be built; the engine takes alarms meanwhile. */
  let isCold = true;
  let immediate: NodeJS.Immediate | null = null;
  let timer: NodeJS.Timeout | null = null;

  const lag = () => lagOf(core.progress());

  /** The part of the last moments' processor time that went into accepting. */
  const acceptShare = (): number => {
    const age = performance.now() - acceptedAt;
    return (acceptTook * Math.exp(-age / lastMomentsMilliseconds)) / lastMomentsMilliseconds;
  };

  /** Whether the oldest batch must wait until handlers have come further. */
  const mustWait = (behind: number): boolean =>
    behind >= lagMax || (behind > 0 && waiting[0]?.inputs.some(seesState) === true);

  const acceptWaiting = (): void => {
    const before = processorMilliseconds();
    const reached = core.progress().position;
    const taken: Waiting[] = [];
    let size = 0;
    while (waiting[0] !== undefined && (size === 0 || size + waiting[0].inputs.length <= acceptMax)) {
      const batch = waiting.shift();
      if (batch === undefined) break;
      taken.push(batch);
      size += batch.inputs.length;
    }
    try {
      // Commands may change what correlation goes by; that is told when it settles.
      if (taken.some(({ inputs }) => inputs.some(seesState))) settling.worked(performance.now());
      const { results, head } = core.accept(taken.flatMap((batch) => batch.inputs));
      let start = 0;
      for (const batch of taken) {
        batch.answer({ results: results.slice(start, start + batch.inputs.length), head });
        start += batch.inputs.length;
      }
    } catch (error) {
      for (const batch of taken) batch.fail(error);
    }
    // Not the time on the clock: while the disk writes, nothing speaks against working in.
    acceptTook = acceptShare() * lastMomentsMilliseconds + processorMilliseconds() - before;
    acceptedAt = performance.now();
    // The answers say how far the journal reaches; only a command lets the handlers come further here.
    if (core.progress().position !== reached) onProgress(core.progress());
  };

  /** When working in may go on, in the terms of `performance.now()`. */
  const workDue = (behind: number): number => {
    if (retryAt > performance.now()) return retryAt;
    if (behind >= lagMax || core.progress().position < hurriedTo || mustWait(behind)) return 0;
    const share = Math.max(shareMin, (behind / lagMax) ** 2, 1 - acceptShare() / acceptShareMax);
    return Math.min(acceptedAt + pauseMilliseconds, workedAt + workTook * (1 / share - 1));
  };

  const workIn = (): void => {
    const startedAt = performance.now();
    const isPressed = acceptShare() > acceptShareMax / 2;
    const wanted = (isPressed ? chunkMillisecondsUnderPressure : chunkMilliseconds) / entryTook;
    const before = core.progress().position;
    try {
      core.workIn(Math.round(Math.min(chunkMax, Math.max(chunkMin, wanted))));
      settling.worked(performance.now());
    } catch (error) {
      retryAt = performance.now() + retryMilliseconds;
      logger.error('workIn', 'Accepted entries could not be worked in; it is tried again.', errorFields(error));
    }
    workedAt = performance.now();
    workTook = workedAt - startedAt;
    const count = core.progress().position - before;
    if (count > 0) entryTook = (entryTook * 3 + workTook / count) / 4;
    onProgress(core.progress());
  };

  const settle = (): void => {
    const startedAt = performance.now();
    core.settle();
    settling.settled(startedAt, performance.now());
    onProgress(core.progress());
  };

  const tick = (): void => {
    tickAt = performance.now() + tickMilliseconds;
    if (core.tick()) settling.worked(performance.now());
    onProgress(core.progress());
  };

  const step = (): void => {
    immediate = null;
    if (isFinished) return;
    if (performance.now() >= tickAt) tick();
    if (waiting.length > 0 && !mustWait(lag())) acceptWaiting();
    const behind = lag();
    if (isCold && waiting.length === 0) isCold = core.warmUp();
    else if (behind > 0 && workDue(behind) <= performance.now()) workIn();
    else if (settling.due(lag() > 0) <= performance.now()) settle();
    goOn();
  };

  /** Arranges the next step: at once when there is something to do, else when something becomes due. */
  const goOn = (): void => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    const behind = lag();
    const due = Math.min(behind > 0 ? workDue(behind) : Number.POSITIVE_INFINITY, settling.due(behind > 0), tickAt);
    const wait = due - performance.now();
    if (isCold || (waiting.length > 0 && !mustWait(behind)) || wait <= 0) soon();
    else if (Number.isFinite(wait)) timer = setTimeout(step, Math.ceil(wait));
  };
  const soon = (): void => {
    if (isFinished) return;
    immediate ??= setImmediate(step);
  };

  // To build the working state, for what was left in the journal by a crash, and for what became due while nobody looked.
  soon();

  return {
    apply(inputs, receiver) {
      waiting.push({ inputs, answer: receiver.answer, fail: receiver.fail });
      soon();
    },
    hurry(position) {
      hurriedTo = Math.max(hurriedTo, position);
      soon();
    },
    settle() {
      while (waiting.length > 0) acceptWaiting();
      while (lag() > 0) core.workIn(chunkMax);
      settle();
    },
    finish() {
      const until = performance.now() + finishMilliseconds;
      while (waiting.length > 0) acceptWaiting();
      while (lag() > 0 && performance.now() < until && retryAt < performance.now()) workIn();
      isFinished = true;
      if (immediate !== null) clearImmediate(immediate);
      if (timer !== null) clearTimeout(timer);
    },
  };
}

/** What this thread has used of the processor. */
function processorMilliseconds(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1_000;
}
