import { useMemo } from 'react';
import { formatCount, formatExactPercent, numberWord, plural } from '../../components/format-number.ts';
import { formatDayAndTime, formatShortTime, isToday } from '../../components/format-time.ts';
import { useClusters } from '../../state/hooks.ts';
import { explainedShare, type Situation } from '../../state/situation.ts';
import styles from './headline.module.css';

/** "02:10", or with the day when that was another. */
function sinceWhen(at: number): string {
  return isToday(at, Date.now()) ? formatShortTime(at) : formatDayAndTime(at);
}

/** What is going on, in words. */
export function headlineOf(happenings: number): string {
  if (happenings === 1) return 'One thing is happening';
  return `${numberWord(happenings)} ${happenings === 0 ? 'is' : 'things are'} happening`;
}

/** The heading of the situation with its figures. */
export function Headline({ situation }: { readonly situation: Situation }) {
  const clusters = useClusters();
  const figures = useMemo(() => {
    const active = clusters.items.filter(({ state }) => state === 'active');
    if (active.length === 0) return [];
    const standing = active.reduce((sum, cluster) => sum + cluster.active_count, 0);
    const since = Math.min(...active.map((cluster) => Date.parse(cluster.first_raised_at)));
    const share = explainedShare(clusters.items);
    return [
      `${plural(standing, 'alarm', 'alarms')} since ${sinceWhen(since)}`,
      ...(share === null || share === 0 ? [] : [`${formatExactPercent(share)} grouped`]),
      ...(situation.alone.length === 0
        ? []
        : [`${formatCount(situation.alone.length)} on ${situation.alone.length === 1 ? 'its' : 'their'} own`]),
    ];
  }, [clusters, situation]);
  return (
    <header className={styles.headline}>
      <h1>{headlineOf(situation.happenings.length)}</h1>
      <p>{figures.join(' · ')}</p>
    </header>
  );
}
