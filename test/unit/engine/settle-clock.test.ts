import { describe, expect, it } from 'vitest';
import { createSettleClock } from '#engine/core/settle-clock.ts';

describe('correlation settles', () => {
  it('not at all while nothing is new', () => {
    const clock = createSettleClock();
    expect(clock.due(false)).toBe(Number.POSITIVE_INFINITY);
    clock.worked(1_000);
    clock.settled(1_150, 1_160);
    expect(clock.due(false)).toBe(Number.POSITIVE_INFINITY);
  });

  it('150 ms after the last entry was worked in, and every 750 ms in a storm without pauses', () => {
    const clock = createSettleClock();
    clock.worked(1_000);
    expect(clock.due(false)).toBe(1_150);
    for (let at = 1_000; at <= 1_700; at += 100) clock.worked(at);
    expect(clock.due(false)).toBe(1_750);
    expect(clock.due(true)).toBe(1_750);
  });

  it('within a share of the time: the longer it takes, the rarer it comes, above all while alarms wait', () => {
    const clock = createSettleClock();
    clock.worked(0);
    clock.settled(0, 400);
    clock.worked(400);
    expect(clock.due(false)).toBe(800);
    for (let at = 400; at <= 8_000; at += 100) clock.worked(at);
    expect(clock.due(false)).toBe(400 + 2_400);
    expect(clock.due(true)).toBe(400 + 6_000);
  });
});
