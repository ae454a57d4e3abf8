import type { Ledger } from '#shared/api/ledger.ts';
import { formatCount } from '../components/format-number.ts';
import styles from './bottom-bar.module.css';

const terms = ['new', 'repeated', 'cleared', 'duplicate', 'suppressed', 'rejected'] as const;

/** The ledger as the equation that it is; says so if it did not hold. */
export function LedgerLine({ ledger }: { readonly ledger: Ledger }) {
  const sum = terms.reduce((total, term) => total + ledger[term], 0);
  const holds = sum === ledger.received;
  return (
    <span className={styles.ledger} title="What became of every event received for this tenant">
      received <b>{formatCount(ledger.received)}</b>{' '}
      {holds ? (
        '='
      ) : (
        <b className={styles.wrong} title={`The parts add up to ${formatCount(sum)}; events are unaccounted for`}>
          ≠
        </b>
      )}
      {terms.map((term, index) => (
        <span key={term} data-zero={ledger[term] === 0 || undefined}>
          {index > 0 && ' + '}
          {index === 0 && ' '}
          {term} <b>{formatCount(ledger[term])}</b>
        </span>
      ))}
    </span>
  );
}
