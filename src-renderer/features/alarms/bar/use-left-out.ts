import { useRef, useState } from 'react';
import { describeError } from '#renderer/console-api/call-error.ts';
import { useAlarms, useConsole, useConsoleState } from '#renderer/state/hooks.ts';

/** Standing alarms that the engine's snapshot did not contain because there were too many. */
export interface LeftOut {
  /** How many are still missing here. */
  readonly count: number;
  /** How many came in while loading; null when nothing is loading. */
  readonly loading: number | null;
  readonly failure: string | null;
  load(): void;
  cancel(): void;
}

/** Counts them, and brings them in page by page when asked to. A new snapshot starts over. */
export function useLeftOut(): LeftOut {
  const console = useConsole();
  const leftOut = useConsoleState((state) => state.alarmsLeftOut);
  const { byId } = useAlarms();
  const [loadedIds, setLoadedIds] = useState<readonly string[]>([]);
  const [loading, setLoading] = useState<number | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const running = useRef<AbortController | null>(null);
  const present = leftOut === 0 ? 0 : loadedIds.filter((alarmId) => byId.has(alarmId)).length;

  async function loadPages(signal: AbortSignal): Promise<void> {
    let cursor: string | null | undefined;
    let brought = 0;
    do {
      const input = { state: 'active' as const, limit: 1000, ...(cursor ? { cursor } : {}) };
      const page = await console.client.alarms.list(input, { signal });
      const known = console.store.getState().alarms.byId;
      const missing = page.items.filter((alarm) => !known.has(alarm.alarm_id));
      console.feed.put(missing.map((data) => ({ topic: 'alarm', change: 'upserted', data })));
      setLoadedIds((before) => [...before, ...missing.map((alarm) => alarm.alarm_id)]);
      brought += missing.length;
      setLoading(brought);
      cursor = page.next_cursor;
    } while (cursor !== null && !signal.aborted);
  }

  async function load(): Promise<void> {
    const controller = new AbortController();
    running.current = controller;
    setLoading(0);
    setFailure(null);
    try {
      await loadPages(controller.signal);
    } catch (error) {
      if (!controller.signal.aborted) setFailure(`not all could be loaded: ${describeError(error).detail}`);
    } finally {
      setLoading(null);
    }
  }

  return {
    count: Math.max(0, leftOut - present),
    loading,
    failure,
    load: () => void load(),
    cancel: () => running.current?.abort(),
  };
}
