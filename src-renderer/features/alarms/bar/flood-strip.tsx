import { Button } from '@mantine/core';
import { formatCount, plural } from '#renderer/components/format-number.ts';
import { formatShortTime } from '#renderer/components/format-time.ts';
import { usePulse } from '#renderer/state/hooks.ts';
import type { ListState } from '../view/list-model.ts';
import styles from './feed-strip.module.css';

interface FloodStripProps {
  readonly flood: NonNullable<ListState['flood']>;
  /** Nothing is folded, since somebody wants to see everything. */
  readonly isShown: boolean;
  readonly onShow: (isShown: boolean) => void;
}

/** Says that a flood is on and what it folds; goes by itself when the flood is over. */
export function FloodStrip({ flood, isShown, onShow }: FloodStripProps) {
  const pulse = usePulse();
  const since = pulse?.flood_since ?? null;
  return (
    <div className={styles.frozen}>
      <output>
        <strong>Alarm flood{since !== null && ` since ${formatShortTime(Date.parse(since))}`}</strong>
        {pulse !== null && ` · ${formatCount(pulse.flood_raised)} alarms`}
        {isShown
          ? ' · nothing is folded'
          : ` · ${formatCount(flood.folded)} folded under ${plural(flood.objects, 'object', 'objects')}; first, new, worse and emergency alarms stay`}
      </output>
      <Button size="compact-xs" onClick={() => onShow(!isShown)}>
        {isShown ? 'Fold by object' : 'Show all'}
      </Button>
    </div>
  );
}
