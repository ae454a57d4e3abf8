import { keyCaps } from '../frame/keys/chord.ts';
import styles from './key.module.css';

const isMac = typeof navigator === 'undefined' ? false : /Mac/.test(navigator.userAgent);

/** A key or a sequence of keys as it stands on the keyboard: "j", "g s", "mod+k". */
export function Key({ keys }: { readonly keys: string }) {
  return (
    <span className={styles.keys}>
      {keyCaps(keys, isMac).map((cap) => (
        <kbd key={cap} className={styles.key}>
          {cap}
        </kbd>
      ))}
    </span>
  );
}
