import { formatCount, formatExactPercent } from '#renderer/components/format-number.ts';
import { formatDuration } from '#renderer/components/format-time.ts';
import type { Scorecard } from '#shared/api/scorecard.ts';

/** One figure of the scorecard with what it is and what it was. */
export interface Figure {
  readonly label: string;
  /** What it means, in a few words. */
  readonly meaning: string;
  /** Null: there is nothing to compute it from; `missing` says why. */
  readonly value: string | null;
  readonly missing: string;
  /** The same in the period before; null without data. */
  readonly before: string | null;
  /** Relative change against the period before, 0.1 for a tenth more; null where it cannot be told. */
  readonly change: number | null;
}

/** How the figures read, the people's first, then the alarm system's. */
export function figuresOf(now: Scorecard, before: Scorecard | null): readonly Figure[] {
  const figure = (
    label: string,
    meaning: string,
    read: (card: Scorecard) => number | null,
    format: (value: number) => string,
    missing = '',
  ): Figure => {
    const value = read(now);
    const valueBefore = before === null ? null : read(before);
    return {
      label,
      meaning,
      missing,
      value: value === null ? null : format(value),
      before: valueBefore === null ? null : format(valueBefore),
      change: relativeChange(value, valueBefore),
    };
  };
  const seconds = (value: number) => formatDuration(value * 1000);
  return [
    figure('MTTA', 'mean time to acknowledge', (card) => card.mtta_seconds, seconds, 'No incident was acknowledged.'),
    figure('MTTR', 'mean time to resolve', (card) => card.mttr_seconds, seconds, 'No incident was resolved.'),
    figure('Opened', 'incidents', (card) => card.incidents_opened, formatCount),
    figure('Resolved', 'incidents', (card) => card.incidents_resolved, formatCount),
    figure('Raised', 'alarms', (card) => card.alarms_raised, formatCount),
    figure('Happenings', 'clusters that alarms formed', (card) => card.clusters_formed, formatCount),
    figure(
      'Noise reduction',
      'alarms folded into happenings',
      (card) => card.noise_reduction,
      formatExactPercent,
      'No alarm was raised.',
    ),
    figure(
      'Correlation quality',
      'happenings of two alarms or more that nobody corrected',
      (card) => card.correlation_quality,
      formatExactPercent,
      'No happening of two alarms or more began.',
    ),
    figure('Average rate', 'alarms per ten minutes', (card) => card.average_per_ten_minutes, formatRate),
    figure('Highest rate', 'alarms in ten minutes', (card) => card.maximum_per_ten_minutes, formatCount),
    figure('Flood share', 'of the time above 10 in ten minutes', (card) => card.flood_share, formatExactPercent),
  ];
}

/** `value / before - 1`; null without either, or from nothing to something. */
export function relativeChange(value: number | null, before: number | null): number | null {
  if (value === null || before === null) return null;
  if (before === 0) return value === 0 ? 0 : null;
  return value / before - 1;
}

/** "12 % more than 8", "as before, 8"; what is missing, and what cannot be told as a share, is told in words. */
export function changeWords(figure: Figure): string {
  if (figure.value === null) {
    return figure.before === null
      ? `${figure.missing} Nor in the period before.`
      : `${figure.missing} Was ${figure.before}.`;
  }
  if (figure.before === null) return 'no figure for the period before';
  if (figure.change === null) return `from ${figure.before}`;
  const percent = Math.round(Math.abs(figure.change) * 100);
  if (percent === 0) return `as before, ${figure.before}`;
  return `${formatCount(percent)} % ${figure.change > 0 ? 'more' : 'less'} than ${figure.before}`;
}

function formatRate(value: number): string {
  return value < 10 ? value.toFixed(1) : formatCount(value);
}
