import styles from '#renderer/components/governance.module.css';
import type { CallError } from '#renderer/console-api/call-error.ts';

/** Why the engine refused, in its own words. */
export function FailureLine({ failure }: { readonly failure: CallError | null }) {
  if (failure === null) return null;
  return (
    <p className={styles.failure} role="alert">
      {failure.title}: {failure.detail}
    </p>
  );
}
