import { Button } from '@mantine/core';
import { formatCount, plural } from '#renderer/components/format-number.ts';
import { formatClock } from '#renderer/components/format-time.ts';
import { Key } from '#renderer/components/key.tsx';
import type { ListState } from '../view/list-model.ts';
import styles from './feed-strip.module.css';

interface FrozenStripProps {
  readonly frozen: NonNullable<ListState['frozen']>;
  readonly onResume: () => void;
}

/** Says that the list stands still, since when, and how much happened behind it. */
export function FrozenStrip({ frozen, onResume }: FrozenStripProps) {
  const { arrived, changed, removed } = frozen.heldBack;
  const parts = [
    arrived > 0 && `${formatCount(arrived)} new`,
    changed > 0 && `${formatCount(changed)} changed`,
    removed > 0 && `${formatCount(removed)} gone`,
  ].filter((part) => part !== false);
  return (
    <div className={styles.frozen}>
      <output>
        <strong>Feed frozen at {formatClock(frozen.since)}</strong>
        {' · '}
        {parts.length === 0
          ? 'nothing held back so far'
          : `${formatCount(arrived + changed + removed)} held back: ${parts.join(', ')}`}
      </output>
      <Button size="compact-xs" onClick={onResume} rightSection={<Key keys="f" />}>
        Resume
      </Button>
    </div>
  );
}

interface ArrivalChipProps {
  readonly arrived: number;
  readonly stale: number;
  readonly onSettle: () => void;
}

/** Announces rows that came in above and rows that stand only because rows keep their places. */
export function ArrivalChip({ arrived, stale, onSettle }: ArrivalChipProps) {
  if (arrived + stale === 0) return null;
  const parts = [
    arrived > 0 && `${formatCount(arrived)} new above`,
    stale > 0 && `${plural(stale, 'row no longer fits', 'rows no longer fit')}`,
  ].filter((part) => part !== false);
  return (
    <button type="button" className={styles.chip} onClick={onSettle}>
      <output>{parts.join(' · ')}</output>
      <span className={styles.chipAction}>sort again</span>
      <Key keys="." />
    </button>
  );
}
