import { changeWords, type Figure } from './figures.ts';
import styles from './scorecard-page.module.css';

/** One figure, what it means, and how it was before. */
export function FigureTile({ figure }: { readonly figure: Figure }) {
  return (
    <div className={styles.tile}>
      <dt>
        {figure.label} <span className={styles.meaning}>{figure.meaning}</span>
      </dt>
      {figure.value === null ? (
        <dd className={styles.missing}>no data</dd>
      ) : (
        <dd className={styles.value}>{figure.value}</dd>
      )}
      <dd className={styles.before}>{changeWords(figure)}</dd>
    </div>
  );
}
