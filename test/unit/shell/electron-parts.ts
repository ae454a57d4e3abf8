/** Small makers of Electron's parts for unit tests: listeners are kept and can be called. */

/** Keeps listeners by event name. `on` fits Electron's emitters; `emit` calls them. */
export function recordedListeners(): {
  on: (event: string, listener: unknown) => never;
  emit: (event: string, ...parameters: readonly unknown[]) => void;
  events: () => readonly string[];
} {
  const listeners = new Map<string, unknown[]>();
  return {
    on: (event, listener) => {
      listeners.set(event, [...(listeners.get(event) ?? []), listener]);
      return unchained();
    },
    emit: (event, ...parameters) => {
      for (const listener of listeners.get(event) ?? []) {
        if (typeof listener === 'function') Reflect.apply(listener, undefined, [...parameters]);
      }
    },
    events: () => [...listeners.keys()],
  };
}

// Electron's `on` answers its emitter for chaining, which the shell never uses.
function unchained(): never;
function unchained(): void {}

/** An event that tells whether it was prevented. */
export function preventableEvent<Fields extends object>(fields: Fields) {
  let prevented = false;
  return {
    ...fields,
    preventDefault: () => {
      prevented = true;
    },
    wasPrevented: () => prevented,
  };
}
