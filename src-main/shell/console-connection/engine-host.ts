import type { MessagePortMain } from 'electron';

/** What the shell needs of the engine. */
export interface HostedEngine {
  start(): Promise<unknown>;
  stop(): Promise<void>;
  attachConsole(port: MessagePortMain): () => void;
}

export type EngineStart = { readonly ok: true } | { readonly ok: false; readonly error: Error };

export interface EngineHost {
  /** Makes and starts an engine; never rejects. A start while one runs answers at once. */
  start(): Promise<EngineStart>;
  /** The running engine; null before the start, after a failed start and from the beginning of `stop`. */
  running(): HostedEngine | null;
  /** Waits for a start under way, then drains and stops. Rejects if stopping fails. */
  stop(): Promise<void>;
}

/** Holds the one engine of this process. `open` loads the settings and makes an engine; it may reject. */
export function createEngineHost(open: () => Promise<HostedEngine>): EngineHost {
  let engine: HostedEngine | null = null;
  let starting: Promise<EngineStart> | null = null;
  let stopped = false;

  const begin = async (): Promise<EngineStart> => {
    let opened: HostedEngine | null = null;
    try {
      opened = await open();
      await opened.start();
      engine = opened;
      return { ok: true };
    } catch (error) {
      // A half-started engine may hold the port or the store, which a retry would then find taken.
      await opened?.stop().catch(() => undefined);
      return { ok: false, error: error instanceof Error ? error : new Error(String(error)) };
    }
  };

  return {
    start: () => {
      if (stopped) return Promise.resolve({ ok: false, error: new Error('Pedkai is closing.') });
      if (engine !== null) return Promise.resolve({ ok: true });
      starting ??= begin().finally(() => {
        starting = null;
      });
      return starting;
    },
    running: () => engine,
    stop: async () => {
      stopped = true;
      await starting;
      const last = engine;
      engine = null;
      await last?.stop();
    },
  };
}
