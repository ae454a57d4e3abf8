import type { Cluster } from '#shared/api/clusters.ts';
import { formatCount } from '../../components/format-number.ts';
import { SeverityMark } from '../../components/severity-mark.tsx';
import styles from './waiting-chip.module.css';

interface WaitingChipProps {
  /** The worst first. */
  readonly waiting: readonly Cluster[];
  readonly onRelease: () => void;
}

/** "3 new above": new rows that wait so that nothing moves under the cursor. */
export function WaitingChip({ waiting, onRelease }: WaitingChipProps) {
  const worst = waiting[0];
  if (worst === undefined) return null;
  return (
    <button type="button" className={styles.chip} onClick={onRelease}>
      <SeverityMark severity={worst.severity} size={14} />
      {formatCount(waiting.length)} new above
      {waiting.some((cluster) => cluster.is_emergency_service) && ', emergency service'}
    </button>
  );
}
