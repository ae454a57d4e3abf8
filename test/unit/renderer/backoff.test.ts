import { describe, expect, it } from 'vitest';
import { longestWait, reconnectWait } from '#renderer/console-api/backoff.ts';

describe('wait before reconnecting', () => {
  it('starts between half a second and a second', () => {
    expect(reconnectWait(1, 0)).toBe(500);
    expect(reconnectWait(1, 1)).toBe(1000);
  });

  it('doubles with every attempt until it reaches thirty seconds', () => {
    const waits = [1, 2, 3, 4, 5, 6, 7, 50].map((attempt) => reconnectWait(attempt, 1));
    expect(waits).toEqual([1000, 2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000]);
  });

  it('spreads consoles over half of the wait', () => {
    expect(reconnectWait(20, 0)).toBe(longestWait / 2);
    expect(reconnectWait(20, 0.5)).toBe(longestWait * 0.75);
  });
});
