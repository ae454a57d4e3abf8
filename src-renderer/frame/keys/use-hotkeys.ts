import { createContext, useContext, useEffect, useEffectEvent, useSyncExternalStore } from 'react';
import { pressName } from './chord.ts';
import type { Hotkey, HotkeyGroup, HotkeyRegistry } from './hotkeys.ts';

export const HotkeyContext = createContext<HotkeyRegistry | null>(null);

function useRegistry(): HotkeyRegistry {
  const registry = useContext(HotkeyContext);
  if (registry === null) throw new Error('useHotkeyGroup needs a HotkeyContext above it.');
  return registry;
}

/**
 * Adds keys while the component is mounted; `?` lists them under `name`. Keys may be made anew on each render: what runs
 * is always the latest.
 */
export function useHotkeyGroup(name: string, hotkeys: readonly Hotkey[]): void {
  const registry = useRegistry();
  const runLatest = useEffectEvent((index: number) => hotkeys[index]?.run());
  const shape = JSON.stringify(
    hotkeys.map(({ keys, label, hint, isEnabled, isHidden }) => ({ keys, label, hint, isEnabled, isHidden })),
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: the shape says whether the keys changed, the array itself is new on each render.
  useEffect(() => {
    return registry.add({
      name,
      hotkeys: hotkeys.map((hotkey, index) => ({ ...hotkey, run: () => runLatest(index) })),
    });
  }, [registry, name, shape]);
}

/** All keys that work at the moment, for the map of keys. */
export function useHotkeyGroups(): readonly HotkeyGroup[] {
  const registry = useRegistry();
  return useSyncExternalStore(registry.subscribe, registry.groups);
}

/** Whether keys belong to the element itself: it is typed into, or a dialog or a menu has the focus. */
function belongsToElement(target: EventTarget | null, name: string): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target.closest('input, textarea, select, [role="dialog"], [role="menu"]') !== null) {
    return true;
  }
  const opensByItself = name === 'enter' || name === 'space';
  return opensByItself && target.closest('a, button, [role="button"], summary') !== null;
}

/** Hands key presses of the page to the registry. Mount once. */
export function useHotkeyListener(): void {
  const registry = useRegistry();
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent): void {
      if (event.defaultPrevented || event.isComposing) return;
      const name = pressName(event);
      if (name === null) return;
      if (belongsToElement(event.target, name) && !name.startsWith('mod+')) return;
      if (registry.press(name, event.timeStamp) !== 'nothing') event.preventDefault();
    }
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [registry]);
}
