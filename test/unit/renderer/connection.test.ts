import { ORPCError } from '@orpc/client';
import { beforeEach, describe, expect, it } from 'vitest';
import {
  type Connection,
  type ConnectionState,
  createConnection,
  silenceLimit,
} from '#renderer/console-api/connection.ts';
import type { StreamItem } from '#shared/api/console.ts';
import { pulseItem } from './renderer-objects.ts';

/** One stream that the test feeds by hand. */
class Feed implements AsyncIterable<StreamItem> {
  readonly input: { after_sequence?: number };
  readonly signal: AbortSignal;
  readonly #queue: StreamItem[] = [];
  #failure: unknown = null;
  #wake: () => void = () => undefined;

  constructor(input: { after_sequence?: number }, signal: AbortSignal) {
    this.input = input;
    this.signal = signal;
  }

  async send(...items: StreamItem[]): Promise<void> {
    this.#queue.push(...items);
    this.#wake();
    await settle();
  }

  async fail(error: unknown): Promise<void> {
    this.#failure = error;
    this.#wake();
    await settle();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<StreamItem> {
    for (;;) {
      const item = this.#queue.shift();
      if (item !== undefined) yield item;
      else if (this.#failure !== null) throw this.#failure;
      else
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
        });
    }
  }
}

/** Lets promises that can run do so. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
}

/** Time that stands still until the test moves it. */
function handTime() {
  let now = 1_000_000;
  const timers = new Map<number, { at: number; callback: () => void }>();
  let next = 0;
  return {
    now: () => now,
    after(milliseconds: number, callback: () => void) {
      const id = next++;
      timers.set(id, { at: now + milliseconds, callback });
      return () => void timers.delete(id);
    },
    async pass(milliseconds: number) {
      now += milliseconds;
      for (const [id, timer] of [...timers].sort((left, right) => left[1].at - right[1].at)) {
        if (timer.at <= now && timers.delete(id)) timer.callback();
      }
      await settle();
    },
  };
}

describe('connection', () => {
  let time: ReturnType<typeof handTime>;
  let feeds: Feed[];
  let refusal: unknown;
  let states: ConnectionState[];
  let items: StreamItem[];
  let dropped: number;
  let connection: Connection;

  const feed = (index: number): Feed => {
    const found = feeds[index];
    if (found === undefined) throw new Error(`There was no attempt ${index + 1}.`);
    return found;
  };
  const state = (): ConnectionState => {
    const last = states.at(-1);
    if (last === undefined) throw new Error('No state yet.');
    return last;
  };
  const snapshot: StreamItem[] = [
    { kind: 'reset', sequence: 7 },
    { kind: 'changes', sequence: 7, changes: [] },
    { kind: 'synchronized', sequence: 7, alarms_left_out: 0 },
  ];

  beforeEach(() => {
    time = handTime();
    feeds = [];
    states = [];
    items = [];
    refusal = null;
    dropped = 0;
    connection = createConnection(
      {
        openStream: async (input, signal) => {
          if (refusal !== null) throw refusal;
          const opened = new Feed(input, signal);
          feeds.push(opened);
          return opened;
        },
        dropLink: () => {
          dropped += 1;
        },
        now: time.now,
        after: time.after,
        random: () => 0,
      },
      { onState: (next) => states.push(next), onItem: (item) => items.push(item) },
    );
  });

  it('goes live when the snapshot is complete', async () => {
    connection.start();
    await settle();
    expect(states.map(({ phase }) => phase)).toEqual(['connecting', 'synchronizing']);
    await feed(0).send(...snapshot);
    expect(state().phase).toBe('live');
    expect(items).toEqual(snapshot);
  });

  it('says since when it is alone, waits, and resumes after the last sequence', async () => {
    connection.start();
    await settle();
    await feed(0).send(...snapshot, { kind: 'changes', sequence: 9, changes: [] });
    const heard = time.now();
    await time.pass(2_000);
    await feed(0).fail(new Error('socket closed'));
    expect(state()).toMatchObject({ phase: 'lost', lastHeardAt: heard, retryAt: time.now() + 500, attempt: 1 });
    expect(dropped).toBe(1);
    await time.pass(499);
    expect(feeds).toHaveLength(1);
    await time.pass(1);
    expect(feed(1).input).toEqual({ after_sequence: 9 });
    await feed(1).send({ kind: 'changes', sequence: 8, changes: [] }, { kind: 'changes', sequence: 10, changes: [] });
    expect(items.slice(-1)).toEqual([{ kind: 'changes', sequence: 10, changes: [] }]);
    await feed(1).send({ kind: 'synchronized', sequence: 10, alarms_left_out: 0 });
    expect(state().phase).toBe('live');
  });

  it('waits longer after each failed attempt and forgets that once it is live', async () => {
    refusal = new Error('connection refused');
    connection.start();
    await settle();
    const waits: number[] = [];
    for (let attempt = 1; attempt <= 7; attempt += 1) {
      const lost = state();
      if (lost.phase !== 'lost') throw new Error(`Attempt ${attempt} is ${lost.phase}.`);
      waits.push(lost.retryAt - time.now());
      await time.pass(lost.retryAt - time.now());
    }
    expect(waits).toEqual([500, 1_000, 2_000, 4_000, 8_000, 15_000, 15_000]);
    refusal = null;
    connection.retryNow();
    await settle();
    await feed(0).send(...snapshot);
    await feed(0).fail(new Error('gone'));
    expect(state()).toMatchObject({ phase: 'lost', attempt: 1 });
  });

  it('takes silence for a loss, and a pulse for a sign of life', async () => {
    connection.start();
    await settle();
    await feed(0).send(...snapshot);
    await time.pass(silenceLimit - 1);
    await feed(0).send(pulseItem());
    await time.pass(silenceLimit - 1);
    expect(state().phase).toBe('live');
    await time.pass(1);
    expect(state()).toMatchObject({ phase: 'lost', error: { detail: 'No pulse from the engine for 15 s.' } });
    expect(feed(0).signal.aborted).toBe(true);
  });

  it('takes nothing more from a stream that it gave up', async () => {
    connection.start();
    await settle();
    await feed(0).send(...snapshot);
    await time.pass(silenceLimit);
    const before = items.length;
    await feed(0).send({ kind: 'changes', sequence: 99, changes: [] });
    expect(items).toHaveLength(before);
    await time.pass(1_000);
    expect(feed(1).input).toEqual({ after_sequence: 7 });
  });

  it.each([401, 403])('gives up on %i, because trying again is useless', async (status) => {
    refusal = new ORPCError('REFUSED', { status, message: 'No.' });
    connection.start();
    await settle();
    expect(state()).toMatchObject({ phase: 'refused', error: { status, detail: 'No.' } });
    await time.pass(120_000);
    expect(state().phase).toBe('refused');
  });

  it('begins with a new snapshot for another tenant', async () => {
    connection.start();
    await settle();
    await feed(0).send(...snapshot);
    connection.restart();
    await settle();
    expect(feed(0).signal.aborted).toBe(true);
    expect(feed(1).input).toEqual({});
  });

  it('counts an engine that takes the call and says nothing as gone', async () => {
    connection.start();
    await settle();
    await time.pass(silenceLimit);
    expect(state().phase).toBe('lost');
  });

  it('is quiet after it was stopped', async () => {
    connection.start();
    await settle();
    connection.stop();
    await feed(0).send(...snapshot);
    await time.pass(60_000);
    expect(state().phase).toBe('stopped');
    expect(items).toEqual([]);
    expect(feeds).toHaveLength(1);
  });
});
