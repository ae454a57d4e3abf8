import styles from './confidence-bar.module.css';
import { formatPercent } from './format-number.ts';

/** A confidence between 0 and 1, as figure and bar. */
export function ConfidenceBar({ value }: { readonly value: number }) {
  return (
    <div className={styles.confidence}>
      <div>{formatPercent(value)}</div>
      <div className={styles.track} aria-hidden="true">
        <div className={styles.fill} style={{ width: `${value * 100}%` }} />
      </div>
    </div>
  );
}
