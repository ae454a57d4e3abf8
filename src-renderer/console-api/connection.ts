import type { StreamItem } from '#shared/api/console.ts';
import { reconnectWait } from './backoff.ts';
import { type CallError, describeError, isRefusal } from './call-error.ts';
import { advance, afterLoss, resumeInput, startOfStream } from './stream-cursor.ts';

/** Without any item for so long the engine counts as gone, in milliseconds; it pulses every five seconds at least. */
export const silenceLimit = 15_000;

/** Where the connection stands. Times are milliseconds since the epoch by this machine's clock. */
export type ConnectionState =
  | { readonly phase: 'connecting'; readonly lastHeardAt: number | null }
  | { readonly phase: 'synchronizing'; readonly lastHeardAt: number | null }
  | { readonly phase: 'live' }
  | {
      readonly phase: 'lost';
      /** When the engine was last heard; what is shown is from then. Null when it never was. */
      readonly lastHeardAt: number | null;
      readonly retryAt: number;
      readonly attempt: number;
      readonly error: CallError;
    }
  | { readonly phase: 'refused'; readonly error: CallError }
  | { readonly phase: 'stopped' };

/** What the connection needs from its surroundings; all of it can be replaced in a test. */
export interface ConnectionPorts {
  /** `alive` tells of a sign of life while the stream cannot be opened yet. */
  openStream(
    input: { after_sequence?: number },
    signal: AbortSignal,
    alive: () => void,
  ): Promise<AsyncIterable<StreamItem>>;
  /** Gives up the link below the stream. */
  dropLink(): void;
  now(): number;
  /** 0 to 1, for the jitter. */
  random(): number;
  /** Calls back once after `milliseconds`; answers how to cancel. */
  after(milliseconds: number, callback: () => void): () => void;
}

/** Who is told. */
export interface ConnectionListener {
  onState(state: ConnectionState): void;
  onItem(item: StreamItem): void;
}

export interface Connection {
  start(): void;
  stop(): void;
  /** Connects now instead of waiting for the countdown. */
  retryNow(): void;
  /** Drops what was followed and starts from a new snapshot, for another tenant. */
  restart(): void;
}

/** Follows `console.stream`, says how it goes, and comes back after a loss without a gap and without a duplicate. */
export function createConnection(ports: ConnectionPorts, listener: ConnectionListener): Connection {
  let cursor = startOfStream;
  let attempt = 0;
  let lastHeardAt: number | null = null;
  let current: AbortController | null = null;
  let cancelTimer: () => void = () => undefined;

  function hear(): void {
    lastHeardAt = ports.now();
    cancelTimer();
    cancelTimer = ports.after(silenceLimit, () => {
      lose(new Error(`No pulse from the engine for ${silenceLimit / 1000} s.`));
    });
  }

  function take(item: StreamItem): void {
    hear();
    const step = advance(cursor, item);
    cursor = step.cursor;
    if (step.apply) listener.onItem(item);
    if (item.kind !== 'synchronized') return;
    attempt = 0;
    listener.onState({ phase: 'live' });
  }

  function lose(cause: unknown): void {
    end();
    ports.dropLink();
    cursor = afterLoss(cursor);
    const error = describeError(cause);
    if (isRefusal(error)) {
      listener.onState({ phase: 'refused', error });
      return;
    }
    attempt += 1;
    const wait = reconnectWait(attempt, ports.random());
    listener.onState({ phase: 'lost', lastHeardAt, retryAt: ports.now() + wait, attempt, error });
    cancelTimer = ports.after(wait, connect);
  }

  /** Ends the present stream and whatever was waited for; items that still come from it are not taken. */
  function end(): void {
    current?.abort();
    current = null;
    cancelTimer();
  }

  async function follow(mine: AbortController): Promise<void> {
    try {
      const stream = await ports.openStream(resumeInput(cursor), mine.signal, () => {
        if (current === mine) hear();
      });
      if (current !== mine) return;
      hear();
      listener.onState({ phase: 'synchronizing', lastHeardAt });
      for await (const item of stream) {
        if (current !== mine) return;
        take(item);
      }
      throw new Error('The engine ended the stream.');
    } catch (error) {
      if (current === mine) lose(error);
    }
  }

  function connect(): void {
    end();
    current = new AbortController();
    listener.onState({ phase: 'connecting', lastHeardAt });
    cancelTimer = ports.after(silenceLimit, () => lose(new Error('The engine does not answer.')));
    void follow(current);
  }

  return {
    start: connect,
    stop() {
      end();
      listener.onState({ phase: 'stopped' });
    },
    retryNow: connect,
    restart() {
      cursor = startOfStream;
      attempt = 0;
      connect();
    },
  };
}
