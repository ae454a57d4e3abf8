import { useCallback } from 'react';
import { formatDayAndTime, zoneName } from '../components/format-time.ts';
import { Key } from '../components/key.tsx';
import { useNow } from '../state/clock.ts';
import { usePulse } from '../state/hooks.ts';
import styles from './bottom-bar.module.css';
import { useHotkeyGroups } from './keys/use-hotkeys.ts';
import { LedgerLine } from './ledger-line.tsx';

const zone = (now: number) => zoneName(now);

/** Moving first, then what it acts on, whatever the order in which parts of a screen name their keys. */
const hintOrder = ['j', 'k', 'x', 'enter', 'a', 'o', 's', 'c', 'i', 'e', 'f'];

function placeOf(keys: string): number {
  const place = hintOrder.indexOf(keys);
  return place < 0 ? hintOrder.length : place;
}

/** The keys worth knowing on this screen. */
function KeyHints() {
  const hints = useHotkeyGroups()
    .flatMap((group) => group.hotkeys)
    .filter((hotkey) => hotkey.hint !== undefined && hotkey.isEnabled !== false)
    .sort((left, right) => placeOf(left.keys) - placeOf(right.keys));
  return (
    <span className={styles.hints}>
      {hints.map((hotkey) => (
        <span key={hotkey.keys} className={styles.hint}>
          <Key keys={hotkey.keys} /> {hotkey.hint}
        </span>
      ))}
    </span>
  );
}

function WallClock() {
  const time = useNow(useCallback((now: number) => formatDayAndTime(now), []));
  const zoneShown = useNow(zone);
  return (
    <time className={styles.clock} title="Local time of this machine; all times are shown in this zone">
      {time} {zoneShown}
    </time>
  );
}

/** What became of every event, the keys of the screen, the time. */
export function BottomBar({ onShowKeys }: { readonly onShowKeys: () => void }) {
  const pulse = usePulse();
  return (
    <footer className={styles.bar}>
      {pulse !== null && <LedgerLine ledger={pulse.ledger} />}
      <span className={styles.space} />
      <KeyHints />
      <button type="button" className={styles.keys} onClick={onShowKeys}>
        <Key keys="?" /> keys
      </button>
      <WallClock />
    </footer>
  );
}
