import { useCallback } from 'react';
import { useNow } from './clock.ts';

/** A number that changes every so many seconds: to ask for something again. */
export function useEverySeconds(seconds: number): number {
  return useNow(useCallback((now: number) => Math.floor(now / (seconds * 1_000)), [seconds]));
}
