import styles from './confidence-bar.module.css';
import { formatPercent } from './format-number.ts';

/** A confidence between 0 and 1, as figure and bar. */
export function ConfidenceBar({ value, label = 'confidence' }: { readonly value: number; readonly label?: string }) {
  return (
    <div className={styles.confidence}>
      <div className={styles.figure}>
        <span className={styles.label}>{label}</span>
        <span>{formatPercent(value)}</span>
      </div>
      <div className={styles.track} aria-hidden="true">
        <div className={styles.fill} style={{ width: `${value * 100}%` }} />
      </div>
    </div>
  );
}
