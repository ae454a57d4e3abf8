/** What of a keyboard event decides which key was meant. */
export interface KeyPress {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
}

/**
 * The name of a key press: the key as typed ("j", "?", "G"), lower-case names for the others ("enter", "escape",
 * "arrowdown"), with "mod+" for Ctrl or ⌘. Null for presses with Alt and for modifiers alone.
 */
export function pressName(press: KeyPress): string | null {
  if (press.altKey || ['Control', 'Meta', 'Shift', 'Alt', 'AltGraph', 'Dead'].includes(press.key)) return null;
  const key = press.key === ' ' ? 'space' : press.key.length === 1 ? press.key : press.key.toLowerCase();
  return press.ctrlKey || press.metaKey ? `mod+${key.toLowerCase()}` : key;
}

/** How far a sequence of presses fits `keys`, such as "j" or "g s". */
export function matchSequence(keys: string, presses: readonly string[]): 'no' | 'partly' | 'fully' {
  const wanted = keys.split(' ');
  if (presses.length > wanted.length) return 'no';
  if (presses.some((press, index) => press !== wanted[index])) return 'no';
  return presses.length === wanted.length ? 'fully' : 'partly';
}

const shown: Readonly<Record<string, string>> = {
  enter: 'Enter',
  escape: 'Esc',
  arrowdown: '↓',
  arrowup: '↑',
  space: 'Space',
  home: 'Home',
  end: 'End',
};

/** The parts of `keys` as they stand on the keyboard: "mod+k" → ["Ctrl K"] or ["⌘ K"]. */
export function keyCaps(keys: string, isMac: boolean): string[] {
  return keys.split(' ').map((part) => {
    const key = part.replace('mod+', '');
    const name = shown[key] ?? (part.startsWith('mod+') ? key.toUpperCase() : key);
    return part.startsWith('mod+') ? `${isMac ? '⌘' : 'Ctrl'} ${name}` : name;
  });
}
