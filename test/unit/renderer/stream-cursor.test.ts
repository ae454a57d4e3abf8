import { describe, expect, it } from 'vitest';
import {
  advance,
  afterLoss,
  resumeInput,
  type StreamCursor,
  startOfStream,
} from '#renderer/console-api/stream-cursor.ts';
import type { StreamItem } from '#shared/api/console.ts';

const reset = (sequence: number): StreamItem => ({ kind: 'reset', sequence });
const changes = (sequence: number): StreamItem => ({ kind: 'changes', sequence, changes: [] });
const synchronized = (sequence: number): StreamItem => ({ kind: 'synchronized', sequence, alarms_left_out: 0 });

function follow(cursor: StreamCursor, ...items: StreamItem[]): StreamCursor {
  return items.reduce((at, item) => advance(at, item).cursor, cursor);
}

describe('stream cursor', () => {
  it('starts from the beginning', () => {
    expect(resumeInput(startOfStream)).toEqual({});
  });

  it('resumes after the last change once the snapshot is complete', () => {
    const cursor = follow(startOfStream, reset(10), changes(10), synchronized(10), changes(11), changes(12));
    expect(resumeInput(afterLoss(cursor))).toEqual({ after_sequence: 12 });
  });

  it('starts over when the snapshot was cut off', () => {
    const cursor = follow(startOfStream, reset(10), changes(10));
    expect(resumeInput(afterLoss(cursor))).toEqual({});
  });

  it('resumes in the middle of missed changes', () => {
    const before = afterLoss(follow(startOfStream, reset(10), synchronized(10)));
    const cursor = follow(before, changes(11), changes(12));
    expect(cursor.synchronized).toBe(false);
    expect(resumeInput(afterLoss(cursor))).toEqual({ after_sequence: 12 });
  });

  it('skips changes that were applied before, and applies those of the same commit', () => {
    const cursor = follow(startOfStream, reset(10), synchronized(10), changes(15));
    expect(advance(cursor, changes(14))).toEqual({ cursor, apply: false });
    expect(advance(cursor, changes(15)).apply).toBe(true);
  });

  it('takes a reset to a lower sequence from an engine that was restored', () => {
    const cursor = follow(startOfStream, reset(900), synchronized(900), reset(3), changes(3), synchronized(3));
    expect(cursor).toEqual({ sequence: 3, inSnapshot: false, synchronized: true });
    expect(advance(cursor, changes(4)).apply).toBe(true);
  });
});
