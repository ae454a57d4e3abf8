/** Listeners by event name, as loosely typed as Electron's overloads force them to be; Electron's types guard the outside. */
export interface Hub {
  on(event: string, listener: unknown): void;
  once(event: string, listener: unknown): void;
  off(event: string, listener: unknown): void;
  /** Calls the listeners in order; says whether there was any. */
  emit(event: string, ...parameters: readonly unknown[]): boolean;
}

export function createHub(): Hub {
  const listeners = new Map<string, { readonly listener: unknown; readonly once: boolean }[]>();
  const add = (event: string, listener: unknown, once: boolean): void => {
    listeners.set(event, [...(listeners.get(event) ?? []), { listener, once }]);
  };
  const remove = (event: string, listener: unknown): void => {
    listeners.set(
      event,
      (listeners.get(event) ?? []).filter((entry) => entry.listener !== listener),
    );
  };
  return {
    on: (event, listener) => add(event, listener, false),
    once: (event, listener) => add(event, listener, true),
    off: remove,
    emit: (event, ...parameters) => {
      const present = listeners.get(event) ?? [];
      for (const entry of present) {
        if (entry.once) remove(event, entry.listener);
        if (typeof entry.listener === 'function') Reflect.apply(entry.listener, undefined, [...parameters]);
      }
      return present.length > 0;
    },
  };
}

/** An event object that can be prevented, with further fields. */
export function preventable<T extends object>(
  fields: T,
): T & { readonly defaultPrevented: boolean; preventDefault(): void } {
  let prevented = false;
  const event = {
    preventDefault: () => {
      prevented = true;
    },
    get defaultPrevented() {
      return prevented;
    },
  };
  return Object.defineProperties(event, Object.getOwnPropertyDescriptors(fields)) as typeof event & T;
}
