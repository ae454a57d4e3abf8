import { useThrottledValue } from '@mantine/hooks';
import { useMemo } from 'react';
import { formatCount, formatExactPercent, numberWord, plural } from '../../components/format-number.ts';
import { formatDayAndTime, formatShortTime, isToday } from '../../components/format-time.ts';
import { usePulse } from '../../state/hooks.ts';
import { figuresOf, type Situation } from '../../state/situation.ts';
import styles from './headline.module.css';

/** How often the figures change at most, in milliseconds: they are read, not watched. */
const readingInterval = 1_000;

/** "02:10", or with the day when that was another. */
function sinceWhen(at: number): string {
  return isToday(at, Date.now()) ? formatShortTime(at) : formatDayAndTime(at);
}

/** What is going on, in words. In a flood of alarms that clear at once nothing stands, but it is not quiet. */
export function headlineOf(happenings: number, isFlood = false): string {
  if (happenings === 0 && isFlood) return 'Alarms come and go';
  if (happenings === 1) return 'One thing is happening';
  return `${numberWord(happenings)} ${happenings === 0 ? 'is' : 'things are'} happening`;
}

/** The heading of the situation with its figures. */
export function Headline({ situation }: { readonly situation: Situation }) {
  const pulse = usePulse();
  const read = useThrottledValue(situation, readingInterval);
  const figures = useMemo(() => {
    const { standing, groupedShare, since } = figuresOf(read);
    const alone = read.alone.length;
    return [
      ...(since === null ? [] : [`${plural(standing, 'alarm', 'alarms')} since ${sinceWhen(since)}`]),
      ...(groupedShare === null || groupedShare === 0 ? [] : [`${formatExactPercent(groupedShare)} grouped`]),
      ...(alone === 0 ? [] : [`${formatCount(alone)} on ${alone === 1 ? 'its' : 'their'} own`]),
    ];
  }, [read]);
  return (
    <header className={styles.headline}>
      <h1>{headlineOf(situation.happenings.length, pulse?.flood ?? false)}</h1>
      <p>{figures.join(' · ')}</p>
    </header>
  );
}
