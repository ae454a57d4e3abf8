import { useThrottledValue } from '@mantine/hooks';
import { useMemo } from 'react';
import { Link } from 'wouter';
import type { Cluster } from '#shared/api/clusters.ts';
import { formatCount, plural } from '../../components/format-number.ts';
import { useNow } from '../../state/clock.ts';
import { useAlarms, useConsoleState } from '../../state/hooks.ts';
import { countSeverities, isInMaintenance } from '../../state/situation.ts';
import styles from './folded-line.module.css';

/** How often the counts change at most, in milliseconds. */
const readingInterval = 1_000;
const minutes = (now: number) => Math.floor(now / 60_000);

/** Standing alarms that are shelved now. */
function useShelvedCount(): number {
  const alarms = useAlarms();
  const now = useNow(minutes) * 60_000;
  return useMemo(
    () =>
      alarms.items.filter(
        ({ is_cleared, shelved_until }) => !is_cleared && shelved_until !== null && Date.parse(shelved_until) > now,
      ).length,
    [alarms, now],
  );
}

/** What is folded: lone alarms, and what planned maintenance suppresses. */
function foldedWords(alone: number, maintained: number): string {
  const parts = [
    alone > 0 && plural(alone, 'alarm on its own', 'alarms on their own'),
    maintained > 0 && plural(maintained, 'happening in maintenance', 'happenings in maintenance'),
  ];
  return parts.filter((part) => part !== false).join(' and ');
}

interface FoldedLineProps {
  readonly alone: readonly Cluster[];
  readonly isShown: boolean;
  readonly onShow: (isShown: boolean) => void;
}

/** What the list leaves out, counted, with the way to see it. */
export function FoldedLine({ alone, isShown, onShow }: FoldedLineProps) {
  const shelved = useShelvedCount();
  const leftOut = useConsoleState((state) => state.alarmsLeftOut);
  const read = useThrottledValue(alone, readingInterval);
  const kinds = useMemo(
    () =>
      countSeverities(read)
        .map(({ severity, count }) => `${formatCount(count)} ${severity}`)
        .join(', '),
    [read],
  );
  const maintained = useMemo(() => read.filter(isInMaintenance).length, [read]);
  if (alone.length === 0 && shelved === 0 && leftOut === 0) return null;
  return (
    <footer className={styles.line}>
      {alone.length > 0 && (
        <span>
          <b>{foldedWords(read.length - maintained, maintained)}</b> ({kinds}) —{' '}
          <button type="button" className={styles.button} onClick={() => onShow(!isShown)} aria-expanded={isShown}>
            {isShown ? 'fold' : 'show'}
          </button>
        </span>
      )}
      {shelved > 0 && (
        <span>
          <b>{formatCount(shelved)} shelved</b> — <Link href="/alarms?show=shelved">show</Link>
        </span>
      )}
      {leftOut > 0 && (
        <span>
          <b>{formatCount(leftOut)} older alarms</b> are not held here but can be listed
        </span>
      )}
    </footer>
  );
}
