import { Link } from 'wouter';
import type { RootCause } from '#shared/api/clusters.ts';
import { formatPercent } from '../../components/format-number.ts';
import { linkTo } from '../../components/links.ts';
import { Section } from '../../components/section.tsx';
import styles from './cause-section.module.css';

/** One possible cause: where, why, how sure; it leads to its alarm, or to the entity's alarms when it raised none itself. */
export function CauseLine({
  cause,
  isChosen,
  onName = null,
}: {
  readonly cause: RootCause;
  readonly isChosen: boolean;
  /** Says that this is the cause; null where that cannot be said. */
  readonly onName?: ((cause: RootCause) => void) | null;
}) {
  const target = cause.alarm_id === null ? linkTo.entity(cause.entity_id) : linkTo.alarm(cause.alarm_id);
  return (
    <li className={styles.cause} data-chosen={isChosen || undefined}>
      <span className={styles.words}>
        <Link href={target}>{cause.entity_id}</Link>
        {cause.alarm_id === null && <span className={styles.quiet}> (raised no alarm itself)</span>}
        <span className={styles.quiet}> · {cause.because}</span>
        {!isChosen && onName !== null && (
          <button type="button" className={styles.name} onClick={() => onName(cause)}>
            this is the cause
          </button>
        )}
      </span>
      <span className={styles.confidence}>{formatPercent(cause.confidence)}</span>
    </li>
  );
}

interface CauseSectionProps {
  readonly cause: RootCause;
  readonly others: readonly RootCause[];
  /** Everything that was weighed is here: an empty list means that nothing else came into question. */
  readonly isComplete: boolean;
  readonly onName?: ((cause: RootCause) => void) | null;
}

/** What is held to be the cause, and what it was weighed against. */
export function CauseSection({ cause, others, isComplete, onName = null }: CauseSectionProps) {
  const rest = others.filter((other) => other.entity_id !== cause.entity_id || other.alarm_id !== cause.alarm_id);
  return (
    <Section heading="Cause" aside="confidence">
      <ul className={styles.causes}>
        <CauseLine cause={cause} isChosen />
        {rest.map((other) => (
          <CauseLine key={`${other.entity_id} ${other.alarm_id}`} cause={other} isChosen={false} onName={onName} />
        ))}
      </ul>
      {rest.length === 0 && isComplete && <p className={styles.quiet}>Nothing else came into question.</p>}
    </Section>
  );
}
