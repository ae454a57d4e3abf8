import { toTimestamp } from '#shared/vocabulary/time.ts';
import type { DecideCommand, Surroundings } from '../actions/commands/decide-command.ts';
import type { CoreResult } from '../core/inputs.ts';
import type { ExecutionOrder, Executor } from './executor.ts';

/** An execution that waits for its turn. */
export interface WaitingExecution {
  readonly executionId: string;
  readonly tenantId: string;
  readonly actionId: string;
  readonly actionType: string;
  readonly entityId: string;
}

export interface DispatcherDeps {
  /** Null: nothing is ever executed. */
  readonly executor: Executor | null;
  /** Queued executions of all tenants, oldest first, and at most so many. */
  readonly waiting: (limit: number) => readonly WaitingExecution[];
  /** Has the writer carry out a command; resolves after the commit. */
  readonly submit: (tenantId: string, command: DecideCommand) => Promise<CoreResult>;
  readonly around: () => Surroundings;
  readonly clock: () => number;
  /** Waits before another attempt; ends early when the signal is aborted. */
  readonly pause: (milliseconds: number, signal: AbortSignal) => Promise<void>;
  readonly onError: (error: unknown) => void;
}

/** Brings what waits to the executor: one attempt at a time, each let through by the writer first. */
export interface Dispatcher {
  /** Looks for what waits. Resolves when nothing of it is under way any more. */
  wake(): Promise<void>;
  /** At once: starts nothing more for a tenant and aborts what is under way, until `resume`. */
  halt(tenantId: string): void;
  resume(tenantId: string): void;
  /** Halts everything and waits until nothing is under way. */
  stop(): Promise<void>;
}

/** So many executors' calls at the same time. */
const atOnce = 4;
const attemptsMax = 3;
const pauseMilliseconds = [1_000, 4_000];

export function createDispatcher(deps: DispatcherDeps): Dispatcher {
  const { executor } = deps;
  const underWay = new Map<
    string,
    { readonly tenantId: string; readonly abort: AbortController; readonly done: Promise<void> }
  >();
  const halted = new Set<string>();
  let isStopped = false;

  const attempt = async (execution: WaitingExecution, number: number, signal: AbortSignal): Promise<boolean> => {
    if (executor === null || signal.aborted) return false;
    const around = deps.around();
    const begun = await deps.submit(execution.tenantId, {
      name: 'execution.begin',
      executionId: execution.executionId,
      around,
    });
    // Between the commit and here nothing else runs; a halt that came while waiting has aborted the signal.
    if (begun.kind !== 'done') return false;
    const order: ExecutionOrder = { ...execution, attempt: Number(begun.id), orderedAt: toTimestamp(deps.clock()) };
    const isEdited = deps.around().documentHash !== around.documentHash;
    const answer =
      signal.aborted || isEdited
        ? { kind: 'failed' as const, message: 'Stopped before it reached the executor.' }
        : await executor.execute(order, signal);
    const answered = await deps.submit(execution.tenantId, {
      name: 'execution.answer',
      executionId: execution.executionId,
      attempt: order.attempt,
      answer,
      around: deps.around(),
    });
    return answered.kind === 'done' && answer.kind === 'retry' && number < attemptsMax;
  };

  const carryOut = async (execution: WaitingExecution, signal: AbortSignal) => {
    for (let number = 1; await attempt(execution, number, signal); number++)
      await deps.pause(pauseMilliseconds[number - 1] ?? 4_000, signal);
  };

  const start = (execution: WaitingExecution) => {
    const abort = new AbortController();
    const done = carryOut(execution, abort.signal)
      .catch(deps.onError)
      .finally(() => underWay.delete(execution.executionId));
    underWay.set(execution.executionId, { tenantId: execution.tenantId, abort, done });
  };

  const abortAll = (tenantId: string | null) => {
    for (const under of underWay.values()) if (tenantId === null || under.tenantId === tenantId) under.abort.abort();
  };

  const wake = async (): Promise<void> => {
    // Each is tried once per call: what cannot even be submitted must not be tried again and again.
    const tried = new Set<string>();
    for (;;) {
      if (executor === null || isStopped) return;
      const next = deps
        .waiting(atOnce * 2 + underWay.size + tried.size)
        .filter(
          ({ executionId, tenantId }) => !tried.has(executionId) && !underWay.has(executionId) && !halted.has(tenantId),
        );
      for (const execution of next) {
        if (underWay.size >= atOnce) break;
        tried.add(execution.executionId);
        start(execution);
      }
      if (underWay.size === 0) return;
      await Promise.race([...underWay.values()].map(({ done }) => done));
    }
  };

  return {
    wake,
    halt(tenantId) {
      halted.add(tenantId);
      abortAll(tenantId);
    },
    resume: (tenantId) => {
      halted.delete(tenantId);
    },
    async stop() {
      isStopped = true;
      abortAll(null);
      await Promise.all([...underWay.values()].map(({ done }) => done));
    },
  };
}
