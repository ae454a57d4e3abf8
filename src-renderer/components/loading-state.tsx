import styles from './state-page.module.css';

/** Something is on its way: says what. */
export function LoadingState({ what }: { readonly what: string }) {
  return (
    <output className={styles.page}>
      <span className={styles.text}>Loading {what} …</span>
    </output>
  );
}
