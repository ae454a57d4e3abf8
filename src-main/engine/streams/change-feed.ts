import type { SequencedChange } from '../core/inputs.ts';

/** Called with committed changes, or with null: there are some, in the store. */
export type ChangeListener = (changes: readonly SequencedChange[] | null) => void;

/** Hands committed changes to subscribers of their tenant, in the order of the commits. */
export interface ChangeFeed {
  /** Null says that there were changes which nobody asked for in time: subscribers look into the store. */
  publish(changes: readonly SequencedChange[] | null): void;
  hasSubscribers(): boolean;
  /** Calls back whenever the first subscriber has come or the last has gone. */
  onListening(callback: () => void): void;
  /** Calls back with every later batch that holds changes of the tenant. Answers the unsubscribe. */
  subscribe(tenantId: string, listener: ChangeListener): () => void;
}

export function createChangeFeed(): ChangeFeed {
  const listeners = new Map<string, Set<ChangeListener>>();
  let whenListening: () => void = () => undefined;
  return {
    publish(changes) {
      if (changes === null) {
        for (const own of listeners.values()) for (const listener of own) listener(null);
        return;
      }
      if (changes.length === 0 || listeners.size === 0) return;
      for (const [tenantId, own] of Map.groupBy(changes, (change) => change.tenantId))
        for (const listener of listeners.get(tenantId) ?? []) listener(own);
    },
    hasSubscribers: () => listeners.size > 0,
    onListening: (callback) => {
      whenListening = callback;
    },
    subscribe(tenantId, listener) {
      const own = listeners.get(tenantId) ?? new Set();
      const isFirst = listeners.size === 0;
      listeners.set(tenantId, own);
      own.add(listener);
      if (isFirst) whenListening();
      return () => {
        if (!own.delete(listener) || own.size > 0) return;
        listeners.delete(tenantId);
        if (listeners.size === 0) whenListening();
      };
    },
  };
}
