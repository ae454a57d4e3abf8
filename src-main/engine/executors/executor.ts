/** What an executor is asked to do. The same `executionId` never does the thing twice. */
export interface ExecutionOrder {
  readonly executionId: string;
  readonly tenantId: string;
  readonly actionId: string;
  readonly actionType: string;
  readonly entityId: string;
  /** From 1. */
  readonly attempt: number;
  /** ISO 8601. */
  readonly orderedAt: string;
}

/** How one attempt ended. `retry`: nothing is known to have happened and another attempt may help. */
export interface ExecutorAnswer {
  readonly kind: 'done' | 'failed' | 'retry';
  readonly message: string;
}

/** The only way to the network. `stop` is aborted by the emergency stop and when the gate closes. */
export interface Executor {
  readonly name: string;
  execute(order: ExecutionOrder, stop: AbortSignal): Promise<ExecutorAnswer>;
}
