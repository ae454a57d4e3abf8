import type { SequencedChange } from '../core/inputs.ts';

/** Hands committed changes to subscribers of their tenant, in the order of the commits. */
export interface ChangeFeed {
  publish(changes: readonly SequencedChange[]): void;
  /** Calls back with every later batch that holds changes of the tenant. Answers the unsubscribe. */
  subscribe(tenantId: string, listener: (changes: readonly SequencedChange[]) => void): () => void;
}

export function createChangeFeed(): ChangeFeed {
  const listeners = new Map<string, Set<(changes: readonly SequencedChange[]) => void>>();
  return {
    publish(changes) {
      if (changes.length === 0 || listeners.size === 0) return;
      for (const [tenantId, own] of Map.groupBy(changes, (change) => change.tenantId))
        for (const listener of listeners.get(tenantId) ?? []) listener(own);
    },
    subscribe(tenantId, listener) {
      const own = listeners.get(tenantId) ?? new Set();
      listeners.set(tenantId, own);
      own.add(listener);
      return () => {
        own.delete(listener);
        if (own.size === 0) listeners.delete(tenantId);
      };
    },
  };
}
