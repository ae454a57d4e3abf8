import { afterEach, describe, expect, it, vi } from 'vitest';
import { createReadBarrier } from '#engine/api/read-barrier.ts';
import { createProgressBoard } from '#engine/core/progress-board.ts';

const settledOf = (promise: Promise<void> | null) => {
  let isSettled = false;
  promise?.then(() => {
    isSettled = true;
  });
  return async () => {
    await Promise.resolve();
    return isSettled;
  };
};

describe('who reads what was acknowledged', () => {
  afterEach(() => vi.useRealTimers());

  it('does not wait when everything is worked in, whatever else stands in the journal', () => {
    const board = createProgressBoard({ head: 10, position: 10 });
    expect(board.workedIn(1_000)).toBeNull();
    board.reached({ head: 14, position: 10 });
    expect(board.workedIn(1_000)).toBeNull();
    board.acknowledged(12);
    board.reached({ head: 15, position: 12 });
    expect(board.workedIn(1_000)).toBeNull();
    expect(board.progress()).toEqual({ head: 15, position: 12 });
  });

  it('waits until the handlers have come as far as the journal reached when it asked, and no farther', async () => {
    const board = createProgressBoard({ head: 0, position: 0 });
    board.acknowledged(5);
    const settled = settledOf(board.workedIn(1_000));
    board.acknowledged(9);
    board.reached({ head: 9, position: 4 });
    expect(await settled()).toBe(false);
    board.reached({ head: 9, position: 5 });
    expect(await settled()).toBe(true);
  });

  it('waits also for what was acknowledged before a restart', async () => {
    const board = createProgressBoard({ head: 10, position: 4 });
    const settled = settledOf(board.workedIn(1_000));
    board.reached({ head: 10, position: 10 });
    expect(await settled()).toBe(true);
  });

  it('waits no longer than it was told, and not at all when the core is gone', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const board = createProgressBoard({ head: 0, position: 0 });
    board.acknowledged(5);
    const settled = settledOf(board.workedIn(1_000));
    vi.advanceTimersByTime(999);
    expect(await settled()).toBe(false);
    vi.advanceTimersByTime(1);
    expect(await settled()).toBe(true);
    const released = settledOf(board.workedIn(1_000));
    board.release();
    expect(await released()).toBe(true);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('has more patience for a question than for a stream', () => {
    const patience: number[] = [];
    const barrier = createReadBarrier({
      workedIn: (milliseconds) => {
        patience.push(milliseconds);
        return null;
      },
    });
    expect(barrier(false)).toBeNull();
    barrier(true);
    expect(patience).toEqual([10_000, 500]);
  });
});
