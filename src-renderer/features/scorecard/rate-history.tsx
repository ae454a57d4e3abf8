import { type PointerEvent, useMemo, useState } from 'react';
import { formatCount } from '#renderer/components/format-number.ts';
import { formatDayAndTime, formatShortTime } from '#renderer/components/format-time.ts';
import type { AlarmRatePoint } from '#shared/api/scorecard.ts';
import { rateHeight, rateMaximum } from '../situation/rate-scale.ts';
import { type RateColumn, rateColumns } from './rate-columns.ts';
import styles from './rate-history.module.css';

/** ISA-18.2 / IEC 62682, alarms per ten minutes and operator. */
const lines = [
  { rate: 1, label: '1 · acceptable' },
  { rate: 2, label: '2 · manageable' },
  { rate: 10, label: '10 · flood' },
];
const floodRate = 10;
const mostColumns = 504;
const height = 200;
const intervalMilliseconds = 600_000;

/** Alarms per ten minutes over a period on a logarithmic scale, against the lines of ISA-18.2. */
export function RateHistory({ points }: { readonly points: readonly AlarmRatePoint[] }) {
  const [pointed, setPointed] = useState<number | null>(null);
  const columns = useMemo(() => rateColumns(points, mostColumns), [points]);
  const maximum = useMemo(() => rateMaximum(points), [points]);
  const first = columns[0];
  const last = columns.at(-1);
  if (first === undefined || last === undefined) return null;
  const column = pointed === null ? undefined : columns[pointed];
  const end = last.from + last.intervals * intervalMilliseconds;

  function onPointerMove(event: PointerEvent<SVGSVGElement>): void {
    const { left, width } = event.currentTarget.getBoundingClientRect();
    setPointed(
      Math.min(columns.length - 1, Math.max(0, Math.floor(((event.clientX - left) / width) * columns.length))),
    );
  }

  return (
    <figure className={styles.figure}>
      <div className={styles.plot}>
        {lines.map(({ rate, label }) => (
          <div key={rate} className={styles.line} style={{ bottom: rateHeight(rate, maximum) * height }}>
            <span>{label}</span>
          </div>
        ))}
        <svg
          className={styles.bars}
          viewBox={`0 0 ${columns.length} ${height}`}
          preserveAspectRatio="none"
          role="img"
          aria-label={summary(points)}
          onPointerMove={onPointerMove}
          onPointerLeave={() => setPointed(null)}
        >
          <path className={styles.normal} d={barsPath(columns, maximum, (raised) => raised <= floodRate)} />
          <path className={styles.flood} d={barsPath(columns, maximum, (raised) => raised > floodRate)} />
          {pointed !== null && <rect className={styles.pointed} x={pointed} y={0} width={1} height={height} />}
        </svg>
      </div>
      <figcaption className={styles.axis}>
        <span>{formatDayAndTime(first.from).slice(0, -3)}</span>
        <output>{column === undefined ? 'logarithmic scale' : columnWords(column)}</output>
        <span>{formatDayAndTime(end).slice(0, -3)}</span>
      </figcaption>
    </figure>
  );
}

function barsPath(columns: readonly RateColumn[], maximum: number, includes: (raised: number) => boolean): string {
  return columns
    .map(({ raised }, index) => {
      if (raised === 0 || !includes(raised)) return '';
      const top = height - rateHeight(raised, maximum) * height;
      return `M${index + 0.12} ${height}V${top.toFixed(1)}H${index + 0.88}V${height}Z`;
    })
    .join('');
}

function columnWords({ from, raised, intervals }: RateColumn): string {
  if (intervals === 1) return `${formatDayAndTime(from).slice(0, -3)}: ${formatCount(raised)} in ten minutes`;
  const until = formatShortTime(from + intervals * intervalMilliseconds);
  return `${formatDayAndTime(from).slice(0, -3)} to ${until}: at most ${formatCount(raised)} in ten minutes`;
}

function summary(points: readonly AlarmRatePoint[]): string {
  const highest = Math.max(...points.map((point) => point.raised));
  const floods = points.filter((point) => point.raised > floodRate).length;
  return `Alarms per ten minutes: highest ${formatCount(highest)}, ${formatCount(floods)} of ${formatCount(points.length)} intervals above ${floodRate}`;
}
