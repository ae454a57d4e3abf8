import { createContext, useCallback, useContext, useSyncExternalStore } from 'react';

/** The time for everything on the screen that ages: one tick a second for all of it. */
export interface Clock {
  /** Milliseconds since the epoch, at the last tick. */
  now(): number;
  subscribe(listener: () => void): () => void;
}

/** Ticks while somebody listens. */
export function createClock(read: () => number): Clock {
  const listeners = new Set<() => void>();
  let time = read();
  let timer: ReturnType<typeof setInterval> | null = null;

  function tick(): void {
    time = read();
    for (const listener of listeners) listener();
  }

  return {
    now: () => time,
    subscribe(listener) {
      listeners.add(listener);
      timer ??= setInterval(tick, 1000);
      return () => {
        listeners.delete(listener);
        if (listeners.size > 0 || timer === null) return;
        clearInterval(timer);
        timer = null;
      };
    },
  };
}

export const ClockContext = createContext<Clock | null>(null);

function useClock(): Clock {
  const clock = useContext(ClockContext);
  if (clock === null) throw new Error('useNow needs a ClockContext above it.');
  return clock;
}

/**
 * Something derived from the present time, e.g. a text; renders again only when the result changes.
 * The result must be a string, a number, a boolean or null.
 */
export function useNow<T extends string | number | boolean | null>(derive: (now: number) => T): T {
  const clock = useClock();
  const snapshot = useCallback(() => derive(clock.now()), [clock, derive]);
  return useSyncExternalStore(clock.subscribe, snapshot);
}
