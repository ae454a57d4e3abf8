import { matchSequence } from './chord.ts';

/** One thing that a key does. */
export interface Hotkey {
  /** "j", "enter", "mod+k", or a sequence such as "g s". */
  readonly keys: string;
  /** What it does, for the map of keys: "acknowledge". */
  readonly label: string;
  readonly run: () => void;
  /** One word for the bottom bar; only for the few keys that a screen lives by. */
  readonly hint?: string;
  /** Works although nothing is selected or allowed? False keeps it in the map but off. Default true. */
  readonly isEnabled?: boolean;
  /** Left out of the map of keys: a second key for the same thing. */
  readonly isHidden?: boolean;
}

/** Keys of one screen or of the frame, under one heading of the map. */
export interface HotkeyGroup {
  readonly name: string;
  readonly hotkeys: readonly Hotkey[];
}

/** What a press led to. */
export type PressOutcome = 'ran' | 'waiting' | 'nothing';

/** Knows all keys that work at the moment. */
export interface HotkeyRegistry {
  /** Adds a group; of two that claim the same keys the later wins. Answers how to remove it. */
  add(group: HotkeyGroup): () => void;
  /** Takes one press at `time` (milliseconds); a sequence must be completed within a second and a half. */
  press(name: string, time: number): PressOutcome;
  groups(): readonly HotkeyGroup[];
  subscribe(listener: () => void): () => void;
}

const sequenceTimeout = 1_500;

export function createHotkeyRegistry(): HotkeyRegistry {
  let groups: readonly HotkeyGroup[] = [];
  let presses: string[] = [];
  let lastPressAt = 0;
  const listeners = new Set<() => void>();

  function setGroups(next: readonly HotkeyGroup[]): void {
    groups = next;
    for (const listener of listeners) listener();
  }

  function attempt(sequence: string[]): PressOutcome {
    const active = groups
      .flatMap((group) => group.hotkeys)
      .reverse()
      .filter((hotkey) => hotkey.isEnabled !== false);
    const hit = active.find((hotkey) => matchSequence(hotkey.keys, sequence) === 'fully');
    if (hit !== undefined) {
      presses = [];
      hit.run();
      return 'ran';
    }
    if (active.some((hotkey) => matchSequence(hotkey.keys, sequence) === 'partly')) {
      presses = sequence;
      return 'waiting';
    }
    presses = [];
    return 'nothing';
  }

  return {
    add(group) {
      setGroups([...groups, group]);
      return () => setGroups(groups.filter((one) => one !== group));
    },
    press(name, time) {
      if (time - lastPressAt > sequenceTimeout) presses = [];
      lastPressAt = time;
      const isContinued = presses.length > 0;
      const outcome = attempt([...presses, name]);
      return outcome === 'nothing' && isContinued ? attempt([name]) : outcome;
    },
    groups: () => groups,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
